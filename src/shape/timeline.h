// A whole program as its event loop would run it: one lane for each task, over time. Sleeps take what they say, blocking
// calls hold everybody up, and what takes an unknown time takes one unit, which `assumed` says. Runs nothing: it walks
// the shapes of the functions of the file, from the module on.
// Example: main that gathers sleep(1) and sleep(2) has three lanes and is over after 2 s.
#pragma once

#include <string>
#include <vector>

#include "facts/facts.h"
#include "shape/shape.h"

namespace asyncport::shape {

enum class State : std::uint8_t { kRunning, kWaiting, kReady };
std::string_view NameOf(State state);

struct Segment {
  State state;
  double from = 0;   // seconds
  double to = 0;     // the same for running that takes no time worth drawing
  std::string what;  // what is waited for
};

struct Lane {
  std::string name;  // `work("a")`
  double start = 0;
  double end = 0;
  bool cancelled = false;  // the program ended first
  std::vector<Segment> segments;
};

struct Timeline {
  std::vector<Lane> lanes;  // in the order in which they were made; the first is the program itself
  double total = 0;
  double one_by_one = 0;  // all that is waited for, added up
  std::vector<std::string> assumed;
};

Timeline Simulate(const facts::Facts& facts);

// For a terminal, `columns` wide; for a browser; for programs.
std::string DrawText(const Timeline& timeline, unsigned columns);
std::string DrawSvg(const Timeline& timeline, const std::string& title);
std::string DrawJson(const Timeline& timeline, const std::string& file);

}  // namespace asyncport::shape
