// A report as JSON, in parts, so that a long run need not keep it. docs/batch.schema.json describes it.
#include "cli/report/model.h"
#include "support/json_text.h"

namespace asyncport::cli::report {
namespace {

void Key(std::string& out, std::string_view name, std::string_view value) {
  (((out += ",\"") += name) += "\":");
  AppendJsonString(out, value);
}
void Key(std::string& out, std::string_view name, std::size_t value) {
  ((out += ",\"") += name) += "\":" + std::to_string(value);
}

// 1-based; null where a line has no counterpart.
void Lines(std::string& out, std::string_view name, const std::vector<std::uint32_t>& lines) {
  ((out += ",\"") += name) += "\":[";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i != 0) out += ',';
    out += lines[i] == kNoLine ? std::string("null") : std::to_string(lines[i] + 1);
  }
  out += ']';
}

void Counts(std::string& out, std::string_view name, const std::map<std::string, Count>& counts) {
  ((out += ",\"") += name) += "\":{";
  bool first = true;
  for (const auto& [key, count] : counts) {
    out += first ? "\n  " : ",\n  ";
    first = false;
    AppendJsonString(out, key);
    out += ":{\"places\":" + std::to_string(count.places) +
           ",\"files\":" + std::to_string(count.files) + "}";
  }
  out += "}";
}

}  // namespace

std::string JsonHead(const Head& head) {
  std::string out = "{\"schema\":1";
  Key(out, "asyncport", head.version);
  if (!head.shard.empty()) Key(out, "shard", head.shard);
  return out + ",\"files\":[";
}

std::string JsonFile(const File& file) {
  std::string out = "\n{\"path\":";
  AppendJsonString(out, file.path);
  if (!file.target.empty()) Key(out, "target", file.target);
  Key(out, "status", Name(file.status));
  Key(out, "exit", static_cast<std::size_t>(file.exit));
  if (!file.problem.empty()) Key(out, "problem", file.problem);
  if (!file.from.empty()) {
    Key(out, "from", file.from);
    Key(out, "to", file.to);
  }
  Key(out, "statements", file.statements);
  Key(out, "refused", file.refused);
  out += ",\"findings\":[";
  for (std::size_t i = 0; i < file.findings.size(); ++i) {
    const Finding& finding = file.findings[i];
    out += i == 0 ? "\n {\"id\":" : ",\n {\"id\":";
    AppendJsonString(out, finding.id);
    Key(out, "level", diag::Name(finding.level));
    if (!finding.reason.empty()) Key(out, "reason", finding.reason);
    Key(out, "line", finding.line);
    Key(out, "column", finding.column);
    Key(out, "message", finding.message);
    out += "}";
  }
  out += "]";
  if (!file.source.empty()) Key(out, "source", file.source);
  if (!file.translation.empty()) {
    Key(out, "translation", file.translation);
    Lines(out, "target_of_source", file.lines.target_of_source);
    Lines(out, "source_of_target", file.lines.source_of_target);
  }
  return out + "}";
}

std::string JsonTail(const Tally& tally) {
  std::string out = "],\n\"summary\":{\"files\":" + std::to_string(tally.files);
  for (const auto& [status, count] : tally.by_status) Key(out, status, count);
  Key(out, "statements", tally.statements);
  Key(out, "refused_statements", tally.refused);
  Key(out, "exit", static_cast<std::size_t>(tally.exit));
  out += std::string(",\"interrupted\":") + (tally.interrupted ? "true" : "false");
  Counts(out, "reasons", tally.reasons);
  Counts(out, "warnings", tally.warnings);
  Counts(out, "lessons", tally.lessons);
  return out + "}}\n";
}

}  // namespace asyncport::cli::report
