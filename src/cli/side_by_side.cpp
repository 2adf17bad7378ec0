// Rows come from the line map (pipeline/line_map.h); here is how they look.
#include "cli/side_by_side.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <map>
#include <string_view>
#include <vector>

#include "diag/sinks/texts.h"
#include "support/markup.h"
#include "support/width.h"

namespace asyncport::cli {
namespace {

constexpr std::uint32_t kTab = 4;
constexpr std::uint32_t kLeastColumns = 40;
constexpr std::string_view kDim = "\x1b[2m";
constexpr std::string_view kPlain = "\x1b[0m";

std::string Digits(std::uint32_t number, std::size_t width) {
  std::string text = std::to_string(number);
  return std::string(width > text.size() ? width - text.size() : 0, ' ') + text;
}

// Length in bytes of the character that begins there.
std::size_t CharacterSize(std::string_view text, std::size_t at) {
  std::size_t size = 1;
  while (at + size < text.size() && (static_cast<unsigned char>(text[at + size]) & 0xC0) == 0x80) {
    ++size;
  }
  return size;
}

// In parts of `width` columns at most, tabs as blanks, other control characters as they can be shown. At least one part.
std::vector<std::string> Wrapped(std::string_view text, std::uint32_t width) {
  std::vector<std::string> parts(1);
  std::uint32_t used = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = CharacterSize(text, at);
    std::string shown(text.substr(at, size));
    if (shown == "\t") {
      shown = std::string(kTab - used % kTab, ' ');
    } else if (static_cast<unsigned char>(shown[0]) < 0x20 || shown[0] == 0x7F) {
      shown = "\xEF\xBF\xBD";
    }
    const std::uint32_t columns = DisplayWidth(shown);
    if (used + columns > width && used > 0) {
      parts.emplace_back();
      used = 0;
    }
    parts.back() += shown;
    used += columns;
    at += size;
  }
  return parts;
}

std::string Padded(const std::string& text, std::uint32_t width) {
  const std::uint32_t columns = DisplayWidth(text);
  return text + std::string(width > columns ? width - columns : 0, ' ');
}

}  // namespace

const std::string_view kPageHead = R"(<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
)";

const std::string_view kPageStyle = R"(<style>
  :root { color-scheme: light dark; --line: #8884; --note: #fff4d6; --none: #8881; --number: #888; }
  @media (prefers-color-scheme: dark) { :root { --note: #3a3320; } }
  body { margin: 0; font: 14px/1.45 system-ui, sans-serif; }
  table { border-collapse: collapse; width: 100%; table-layout: fixed; }
  col.number { width: 3.5em; }
  th { text-align: left; padding: .5em; position: sticky; top: 0; background: Canvas; }
  td { padding: 0 .5em; vertical-align: top; }
  td.code { font: 13px/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4; }
  td.number { color: var(--number); text-align: right; user-select: none; }
  td.number + td.code + td.number { border-left: 1px solid var(--line); }
  td.none { background: var(--none); }
  tr.match:hover td { background: #8882; }
  tr.note td { background: var(--note); padding: .25em .5em; }
</style>
)";

std::uint32_t TerminalColumns() {
  if (const char* variable = std::getenv("COLUMNS")) {
    const std::string_view text(variable);
    std::uint32_t columns = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), columns);
    if (error == std::errc() && end == text.data() + text.size() && columns > 0) return columns;
  }
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 160;
}

std::string SideBySideText(const Source& source, const Options& options, const Outcome& outcome,
                           std::uint32_t columns, bool color) {
  const Source target("", outcome.text);
  const std::vector<Row> rows = AlignLines(source, target, outcome.line_map);
  const std::size_t digits =
      std::to_string(std::max(source.line_count(), target.line_count())).size();
  // Number, blank, text, on both sides of " │ ".
  const auto frame = static_cast<std::uint32_t>(2 * (digits + 1) + 3);
  const std::uint32_t width = (std::max(columns, kLeastColumns) - frame) / 2;
  const std::string no_number(digits, ' ');
  const auto dim = [&](const std::string& text) {
    return color ? std::string(kDim) + text + std::string(kPlain) : text;
  };
  const auto parts = [&](const Source& text, std::uint32_t line) {
    return line == kNoLine ? std::vector<std::string>()
                           : Wrapped(text.Text(text.LineSpan(line)), width);
  };
  const auto number = [&](std::uint32_t line, std::size_t part) {
    return dim(line == kNoLine || part > 0 ? no_number : Digits(line + 1, digits));
  };
  std::string out;
  const auto put = [&](std::string line) {
    while (line.ends_with(' ')) line.pop_back();
    out += line + "\n";
  };
  put(no_number + " " + Padded(std::string(DisplayName(options.from)), width) + " " + dim("│") + " " +
      no_number + " " + std::string(DisplayName(options.to)));
  for (const Row& row : rows) {
    const std::vector<std::string> left = parts(source, row.source);
    const std::vector<std::string> right = parts(target, row.target);
    for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
      put(number(i < left.size() ? row.source : kNoLine, i) + " " +
          Padded(i < left.size() ? left[i] : "", width) + " " + dim("│") + " " +
          number(i < right.size() ? row.target : kNoLine, i) + " " +
          (i < right.size() ? right[i] : ""));
    }
  }
  return out;
}

std::string SideBySideTable(const Source& source, const Source& target, Language from,
                            const LineMap& map,
                            const std::map<std::uint32_t, std::vector<std::string>>& notes) {
  std::string out =
      "<table>\n<colgroup><col class=\"number\"><col><col class=\"number\"><col></colgroup>\n";
  out += "<thead><tr><th></th><th>" + std::string(DisplayName(from)) + "</th><th></th><th>" +
         std::string(DisplayName(Other(from))) + "</th></tr></thead>\n<tbody>\n";
  const auto cells = [](const Source& text, std::uint32_t line) -> std::string {
    if (line == kNoLine) return "<td class=\"number none\"></td><td class=\"code none\"></td>";
    return "<td class=\"number\">" + std::to_string(line + 1) + "</td><td class=\"code\">" +
           EscapeMarkup(text.Text(text.LineSpan(line))) + "</td>";
  };
  for (const Row& row : AlignLines(source, target, map)) {
    out += row.matches ? "<tr class=\"match\">" : "<tr>";
    out += cells(source, row.source) + cells(target, row.target) + "</tr>\n";
    const auto found = notes.find(row.source);
    if (found == notes.end()) continue;
    for (const std::string& note : found->second) {
      out += "<tr class=\"note\"><td></td><td colspan=\"3\">" + note + "</td></tr>\n";
    }
  }
  return out + "</tbody>\n</table>\n";
}

std::string SideBySidePage(const Source& source, const Options& options, const Outcome& outcome) {
  const diag::SinkOptions texts{.find = &diag::FindEntry, .to = options.to};
  std::map<std::uint32_t, std::vector<std::string>> notes;  // by line of the source
  for (const diag::Diagnostic& diagnostic : outcome.diagnostics) {
    const diag::Texts text = diag::FindShortTexts(diagnostic, texts);
    notes[source.LineIndex(diagnostic.span.begin)].push_back(
        "<b>" + EscapeMarkup(diagnostic.id) + "</b>: " + EscapeMarkup(diag::OneLine(text.message)));
  }
  std::string out(kPageHead);
  out += "<title>" + EscapeMarkup(source.name()) + "</title>\n";
  out += kPageStyle;
  out += SideBySideTable(source, Source("", outcome.text), options.from, outcome.line_map, notes);
  return out + "</html>\n";
}

}  // namespace asyncport::cli
