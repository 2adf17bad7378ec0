// A report as one HTML file: sums, a list of the files, and each source beside its translation.
#include <string_view>

#include "cli/report/model.h"
#include "cli/side_by_side.h"
#include "support/markup.h"
#include "support/source.h"

namespace asyncport::cli::report {
namespace {

constexpr std::string_view kStyle = R"(<style>
  body { margin: 0 auto; padding: 0 1em; max-width: 110em; }
  table.sums { width: auto; margin: .5em 2em .5em 0; display: inline-table; vertical-align: top; }
  table.sums td, table.sums th { padding: .1em .6em; position: static; }
  table.sums td:first-child { text-align: right; font-variant-numeric: tabular-nums; }
  details { border: 1px solid var(--line); border-radius: 4px; margin: .4em 0; }
  summary { padding: .4em .6em; cursor: pointer; }
  summary b { font-weight: 600; }
  .failed, .refused { color: #c33; }
  .stale { color: #b70; }
  p.problem { margin: .5em; }
</style>
)";

void Sums(std::string& out, std::string_view title, const std::map<std::string, Count>& counts) {
  if (counts.empty()) return;
  out += "<table class=\"sums\"><thead><tr><th colspan=\"3\">" + EscapeMarkup(title) +
         "</th></tr></thead><tbody>\n";
  for (const auto& [key, count] : counts) {
    out += "<tr><td>" + std::to_string(count.places) + "</td><td>" + EscapeMarkup(key) + "</td><td>" +
           std::to_string(count.files) + (count.files == 1 ? " file" : " files") + "</td></tr>\n";
  }
  out += "</tbody></table>\n";
}

std::map<std::uint32_t, std::vector<std::string>> NotesOf(const File& file) {
  std::map<std::uint32_t, std::vector<std::string>> notes;
  for (const Finding& finding : file.findings) {
    notes[finding.line - 1].push_back(std::string(diag::Name(finding.level)) + " <b>" +
                                      EscapeMarkup(finding.id) + "</b>: " +
                                      EscapeMarkup(finding.message));
  }
  return notes;
}

}  // namespace

std::string PageHead(const Head& head, const Tally& tally) {
  std::string out(kPageHead);
  out += "<title>asyncport: " + std::to_string(tally.files) + " files</title>\n";
  out += kPageStyle;
  out += kStyle;
  out += "<h1>asyncport</h1>\n<p>" + EscapeMarkup(SummaryLine(tally)) + ".";
  out += (tally.interrupted ? " <b>The run was interrupted.</b>" : std::string()) + " asyncport " +
         EscapeMarkup(head.version) +
         (head.shard.empty() ? "" : ", part " + EscapeMarkup(head.shard)) + "</p>\n";
  Sums(out, "not translated, by reason", tally.reasons);
  Sums(out, "warnings", tally.warnings);
  Sums(out, "lessons", tally.lessons);
  return out + "<h2>Files</h2>\n";
}

std::string PageFile(const File& file) {
  std::string out = "<details><summary><span class=\"" + std::string(Name(file.status)) + "\">" +
                    std::string(Name(file.status)) + "</span> <b>" + EscapeMarkup(file.path) + "</b>";
  if (!file.target.empty()) out += " &rarr; " + EscapeMarkup(file.target);
  out += " &middot; " + std::to_string(file.statements) + " statements";
  if (file.refused != 0) out += ", " + std::to_string(file.refused) + " not translated";
  if (!file.findings.empty())
    out += ", " + std::to_string(file.findings.size()) + (file.findings.size() == 1 ? " note" : " notes");
  out += "</summary>\n";
  if (!file.problem.empty()) out += "<p class=\"problem\">" + EscapeMarkup(file.problem) + "</p>\n";
  if (!file.source.empty()) {
    const bool from_js = file.from == "js";
    out += SideBySideTable(Source("", file.source), Source("", file.translation),
                           from_js ? Language::kJs : Language::kPy, file.lines, NotesOf(file));
  }
  return out + "</details>\n";
}

std::string PageTail() { return "</html>\n"; }

}  // namespace asyncport::cli::report
