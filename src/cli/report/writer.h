// Writes a report while the run goes on. What was said about the files lies in a file without a name until the end, so
// that a long run needs no memory for it, and a reader finds the whole report or none.
// Example: Writer writer("out.html", head); writer.Add(file); writer.Finish(tally);
#pragma once

#include <cstdio>
#include <optional>
#include <string>

#include "cli/report/model.h"

namespace asyncport::cli::report {

class Writer {
 public:
  // A page for *.html and *.htm, else JSON.
  Writer(std::string path, Head head);
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void Add(const File& file);
  // Returns what went wrong, here or before.
  std::optional<std::string> Finish(const Tally& tally);

 private:
  std::string path_;
  Head head_;
  bool is_page_;
  std::FILE* body_;
  bool is_first_ = true;
};

}  // namespace asyncport::cli::report
