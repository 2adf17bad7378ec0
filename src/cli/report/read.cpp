// JSON read by nlohmann/json.
#include <nlohmann/json.hpp>

#include "cli/report/merge.h"

namespace asyncport::cli::report {
namespace {

using Json = nlohmann::json;

std::string Text(const Json& object, const char* key) {
  const auto it = object.find(key);
  return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

std::size_t Number(const Json& object, const char* key) {
  const auto it = object.find(key);
  return it != object.end() && it->is_number_unsigned() ? it->get<std::size_t>() : 0;
}

std::uint32_t Small(const Json& object, const char* key) {
  return static_cast<std::uint32_t>(std::min<std::size_t>(Number(object, key), UINT32_MAX - 1));
}

// Lines of the other side; what is outside of it is none.
std::vector<std::uint32_t> Lines(const Json& object, const char* key, std::size_t others) {
  std::vector<std::uint32_t> out;
  const auto it = object.find(key);
  if (it == object.end() || !it->is_array()) return out;
  for (const Json& line : *it) {
    const bool good = line.is_number_unsigned() && line.get<std::uint64_t>() >= 1 &&
                      line.get<std::uint64_t>() <= others;
    out.push_back(good ? static_cast<std::uint32_t>(line.get<std::uint64_t>() - 1) : kNoLine);
  }
  return out;
}

template <typename Enum>
bool FindName(const std::string& name, std::size_t count, Enum& value) {
  for (std::size_t i = 0; i < count; ++i) {
    if (Name(static_cast<Enum>(i)) != name) continue;
    value = static_cast<Enum>(i);
    return true;
  }
  return false;
}

std::string ReadFinding(const Json& json, Finding& finding) {
  finding.id = Text(json, "id");
  finding.reason = Text(json, "reason");
  finding.message = Text(json, "message");
  finding.line = std::max<std::uint32_t>(1, Small(json, "line"));
  finding.column = std::max<std::uint32_t>(1, Small(json, "column"));
  if (finding.id.empty()) return "a finding without an id";
  return FindName(Text(json, "level"), 4, finding.level) ? "" : "a finding without a level";
}

std::string ReadFile(const Json& json, File& file) {
  if (!json.is_object()) return "an entry of \"files\" is no object";
  file.path = Text(json, "path");
  if (file.path.empty()) return "a file without a path";
  if (!FindName(Text(json, "status"), 5, file.status)) return file.path + " has no status";
  file.target = Text(json, "target");
  file.problem = Text(json, "problem");
  file.exit = static_cast<int>(std::min<std::size_t>(Number(json, "exit"), 255));
  file.from = Text(json, "from");
  file.to = Text(json, "to");
  file.statements = Number(json, "statements");
  file.refused = Number(json, "refused");
  file.source = Text(json, "source");
  file.translation = Text(json, "translation");
  const auto lines = [](const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  };
  file.lines.target_of_source = Lines(json, "target_of_source", lines(file.translation));
  file.lines.source_of_target = Lines(json, "source_of_target", lines(file.source));
  // The map is of these texts or of none.
  if (file.lines.target_of_source.size() > lines(file.source) ||
      file.lines.source_of_target.size() > lines(file.translation))
    file.lines = {};
  if (const auto findings = json.find("findings"); findings != json.end() && findings->is_array()) {
    for (const Json& item : *findings) {
      Finding finding;
      if (!item.is_object()) return file.path + " has a finding that is no object";
      if (std::string why = ReadFinding(item, finding); !why.empty()) return file.path + ": " + why;
      file.findings.push_back(std::move(finding));
    }
  }
  return {};
}

}  // namespace

Result<Read> ReadReport(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return Error{"it is no JSON object"};
  if (Number(json, "schema") != 1 || !json.contains("files") || !json["files"].is_array())
    return Error{"it is no report of a batch (`asyncport PATHS --report FILE.json`)"};
  Read read;
  read.head = {Text(json, "asyncport"), Text(json, "shard")};
  if (const auto summary = json.find("summary"); summary != json.end() && summary->is_object())
    read.interrupted = summary->value("interrupted", Json(false)) == Json(true);
  for (const Json& item : json["files"]) {
    File file;
    if (std::string why = ReadFile(item, file); !why.empty()) return Error{std::move(why)};
    read.files.push_back(std::move(file));
  }
  return read;
}

}  // namespace asyncport::cli::report
