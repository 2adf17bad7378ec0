// What a batch has to say: for each file what became of it, and the sums over all. Written as JSON, which can be read
// again (read.h) and merged, and as a page.
// Example: Tally over two files, one of them refused, has files 2, by_status["refused"] 1.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "pipeline/line_map.h"

namespace asyncport::cli::report {

enum class FileStatus : std::uint8_t {
  kTranslated,  // as a whole or in part
  kUnchanged,   // the same as what is there already
  kStale,       // --check, --diff: what is there is another text, or nothing
  kRefused,     // the source does not parse, or is too complex
  kFailed,      // could not be read or written, or a bug of ours
};
std::string_view Name(FileStatus status);

// One diagnostic, with the texts that its card had when it was found.
struct Finding {
  std::string id;
  diag::Level level = diag::Level::kError;
  std::string reason;  // what errors are counted by: "untranslated: with"
  std::string message;
  std::uint32_t line = 1;  // of the source
  std::uint32_t column = 1;
};

struct File {
  std::string path;
  std::string target;  // empty: nothing was to be written
  FileStatus status = FileStatus::kFailed;
  int exit = 0;
  std::string problem;  // of kFailed
  std::string from;     // "js"
  std::string to;
  std::size_t statements = 0;
  std::size_t refused = 0;
  std::vector<Finding> findings;
  // The texts; empty where there is no translation.
  std::string source;
  std::string translation;
  LineMap lines;
};

struct Count {
  std::size_t places = 0;
  std::size_t files = 0;
};
struct Tally {
  std::size_t files = 0;
  std::map<std::string, std::size_t> by_status;
  std::size_t statements = 0;
  std::size_t refused = 0;
  std::map<std::string, Count> reasons;   // errors, by Finding::reason
  std::map<std::string, Count> warnings;  // by id
  std::map<std::string, Count> lessons;   // infos and hints, by id
  int exit = 0;                           // the worst
  bool interrupted = false;

  void Add(const File& file);
};

// What all files share.
struct Head {
  std::string version;
  std::string shard;  // "1/4", or empty
};

// ---- JSON: docs/batch.schema.json

std::string JsonHead(const Head& head);
std::string JsonFile(const File& file);  // without a comma
std::string JsonTail(const Tally& tally);

// ---- a page that needs nothing else

std::string PageHead(const Head& head, const Tally& tally);
std::string PageFile(const File& file);
std::string PageTail();

// "48 files: 46 translated, ...", and the most frequent reasons and lessons: for the end of a run.
std::string SummaryText(const Tally& tally, bool lessons);
// Its last line alone, without a line end.
std::string SummaryLine(const Tally& tally);

}  // namespace asyncport::cli::report
