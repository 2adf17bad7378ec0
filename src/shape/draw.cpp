// Timelines as text, SVG and JSON. Lanes keep their order; a moment of running is one cell or one thin bar.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "shape/timeline.h"
#include "support/json_text.h"
#include "support/markup.h"
#include "support/width.h"

namespace asyncport::shape {
namespace {

constexpr std::string_view kRunning = "█";
constexpr std::string_view kWaiting = "─";
constexpr std::string_view kReady = "░";
constexpr std::string_view kCancelled = "×";

std::string Number(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.4g", value);
  return buffer;
}

// A round distance between marks on the time axis: 1, 2 or 5 times a power of ten.
double TickOf(double total, unsigned wanted) {
  if (total <= 0) return 1;
  const double rough = total / wanted;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  for (double factor : {1.0, 2.0, 5.0}) {
    if (rough <= factor * power * 1.0000001) return factor * power;
  }
  return 10 * power;
}

}  // namespace

std::string DrawText(const Timeline& timeline, unsigned columns) {
  std::uint32_t names = 4;
  for (const Lane& lane : timeline.lanes) names = std::max(names, DisplayWidth(lane.name));
  names = std::min<std::uint32_t>(names, 32);
  const unsigned cells = columns > names + 22 ? columns - names - 4 : 20;
  const double scale = timeline.total > 0 ? (cells - 1) / timeline.total : 0;
  const auto cell = [&](double time) {
    return std::min<std::size_t>(static_cast<std::size_t>(std::lround(time * scale)), cells - 1);
  };
  std::string out;
  for (const Lane& lane : timeline.lanes) {
    std::vector<std::string_view> row(cells, " ");
    for (const Segment& segment : lane.segments) {
      if (segment.state == State::kRunning) continue;
      for (std::size_t i = cell(segment.from);
           i < std::max(cell(segment.to), cell(segment.from) + 1); ++i) {
        row[i] = segment.state == State::kWaiting ? kWaiting : kReady;
      }
    }
    for (const Segment& segment : lane.segments) {
      if (segment.state != State::kRunning) continue;
      for (std::size_t i = cell(segment.from);
           i < std::max(cell(segment.to), cell(segment.from) + 1); ++i)
        row[i] = kRunning;
    }
    if (lane.cancelled) row[cell(lane.end)] = kCancelled;
    std::string name = lane.name;
    while (DisplayWidth(name) > names) name.pop_back();
    out += name + std::string(names - DisplayWidth(name) + 2, ' ');
    std::size_t last = cells;
    while (last > 0 && row[last - 1] == " ") --last;
    for (std::size_t i = 0; i < last; ++i) out += row[i];
    out += '\n';
  }
  // The axis: numbers where they fit.
  std::string axis(cells + 12, ' ');
  const double tick = TickOf(timeline.total, std::max(1u, cells / 12));
  std::size_t free = 0;
  for (double time = 0; time <= timeline.total + tick / 1000; time += tick) {
    const std::string text = Number(time) + (time == 0 ? " s" : "");
    const std::size_t at = cell(time);
    if (at < free || at + text.size() > axis.size()) continue;
    axis.replace(at, text.size(), text);
    free = at + text.size() + 1;
    if (timeline.total <= 0) break;
  }
  axis.erase(axis.find_last_not_of(' ') + 1);
  out += std::string(names + 2, ' ') + axis + "\n\n";
  out += std::string(kRunning) + " runs  " + std::string(kWaiting) + " waits  " +
         std::string(kReady) + " is ready  " + std::string(kCancelled) + " cancelled\n";
  out += Number(timeline.total) + " s; one after the other it would be " +
         Number(timeline.one_by_one) + " s\n";
  for (const std::string& line : timeline.assumed) out += "assumed: " + line + "\n";
  return out;
}

std::string DrawSvg(const Timeline& timeline, const std::string& title) {
  constexpr double kWidth = 900;
  constexpr double kLane = 28;
  constexpr double kTop = 44;
  constexpr double kChar = 7.3;
  double names = 60;
  for (const Lane& lane : timeline.lanes)
    names = std::max(names, DisplayWidth(lane.name) * kChar + 24);
  names = std::min(names, 300.0);
  const double inner = kWidth - names - 30;
  const double scale = timeline.total > 0 ? inner / timeline.total : 0;
  const double bottom = kTop + kLane * static_cast<double>(timeline.lanes.size());
  const double height = bottom + 62 + 16 * static_cast<double>(timeline.assumed.size());
  std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + Number(kWidth) +
                    " " + Number(height) +
                    "\" font-family=\"ui-monospace, monospace\" font-size=\"12\">\n";
  out += "<title>" + EscapeMarkup(title) + "</title>\n";
  out +=
      "<style>.running{fill:#2563eb}.waiting{fill:#cbd5e1}.ready{fill:#f59e0b}.cancelled{stroke:#dc2626;stroke-width:2}"
      "text{fill:#334155}.axis{stroke:#94a3b8}</style>\n";
  out += "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n";
  out += "<text x=\"12\" y=\"22\" font-size=\"14\">" + EscapeMarkup(title) + "</text>\n";
  const double tick = TickOf(timeline.total, 10);
  for (double time = 0; time <= timeline.total + tick / 1000; time += tick) {
    const std::string x = Number(names + time * scale);
    out += "<line class=\"axis\" stroke-opacity=\"0.4\" x1=\"" + x + "\" y1=\"" + Number(kTop) +
           "\" x2=\"" + x + "\" y2=\"" + Number(bottom) + "\"/><text x=\"" + x + "\" y=\"" +
           Number(bottom + 16) + "\" text-anchor=\"middle\">" + Number(time) + " s</text>\n";
    if (timeline.total <= 0) break;
  }
  for (std::size_t i = 0; i < timeline.lanes.size(); ++i) {
    const Lane& lane = timeline.lanes[i];
    const double y = kTop + kLane * static_cast<double>(i);
    out += "<text x=\"12\" y=\"" + Number(y + 18) + "\">" + EscapeMarkup(lane.name) + "</text>\n";
    for (const Segment& segment : lane.segments) {
      const double width = std::max((segment.to - segment.from) * scale,
                                    segment.state == State::kRunning ? 3.0 : 0.5);
      const double inset = segment.state == State::kWaiting ? 11 : 6;
      out += "<rect class=\"" + std::string(NameOf(segment.state)) + "\" x=\"" +
             Number(names + segment.from * scale) + "\" y=\"" + Number(y + inset) + "\" width=\"" +
             Number(width) + "\" height=\"" + Number(kLane - 2 * inset) + "\"><title>" +
             EscapeMarkup(std::string(NameOf(segment.state)) + " " + Number(segment.from) + " to " +
                        Number(segment.to) + " s" +
                        (segment.what.empty() ? "" : ": " + segment.what)) +
             "</title></rect>\n";
    }
    if (lane.cancelled) {
      const double x = names + lane.end * scale;
      out += "<path class=\"cancelled\" d=\"M" + Number(x - 4) + " " + Number(y + 10) +
             "l8 8m0 -8l-8 8\"/>\n";
    }
  }
  double x = 12;
  for (State state : {State::kRunning, State::kWaiting, State::kReady}) {
    out += "<rect class=\"" + std::string(NameOf(state)) + "\" x=\"" + Number(x) + "\" y=\"" +
           Number(bottom + 30) + "\" width=\"12\" height=\"12\"/><text x=\"" + Number(x + 18) +
           "\" y=\"" + Number(bottom + 41) + "\">" + std::string(NameOf(state)) + "</text>\n";
    x += 100;
  }
  for (std::size_t i = 0; i < timeline.assumed.size(); ++i) {
    out += "<text x=\"12\" y=\"" + Number(bottom + 60 + 16 * static_cast<double>(i)) +
           "\">assumed: " + EscapeMarkup(timeline.assumed[i]) + "</text>\n";
  }
  return out + "</svg>\n";
}

std::string DrawJson(const Timeline& timeline, const std::string& file) {
  std::string out = "{\"schema\":1,\"file\":";
  AppendJsonString(out, file);
  out += ",\"total\":" + Number(timeline.total) + ",\"oneByOne\":" + Number(timeline.one_by_one) +
         ",\"lanes\":[";
  for (std::size_t i = 0; i < timeline.lanes.size(); ++i) {
    const Lane& lane = timeline.lanes[i];
    out += i == 0 ? "\n{\"name\":" : ",\n{\"name\":";
    AppendJsonString(out, lane.name);
    out += ",\"start\":" + Number(lane.start) + ",\"end\":" + Number(lane.end) +
           ",\"cancelled\":" + (lane.cancelled ? "true" : "false") + ",\"segments\":[";
    for (std::size_t j = 0; j < lane.segments.size(); ++j) {
      const Segment& segment = lane.segments[j];
      out += std::string(j == 0 ? "" : ",") + "{\"state\":\"" + std::string(NameOf(segment.state)) +
             "\",\"from\":" + Number(segment.from) + ",\"to\":" + Number(segment.to) + ",\"what\":";
      AppendJsonString(out, segment.what);
      out += "}";
    }
    out += "]}";
  }
  out += "],\"assumed\":[";
  for (std::size_t i = 0; i < timeline.assumed.size(); ++i) {
    if (i != 0) out += ",";
    AppendJsonString(out, timeline.assumed[i]);
  }
  return out + "]}\n";
}

}  // namespace asyncport::shape
