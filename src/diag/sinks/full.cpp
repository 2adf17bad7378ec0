// Diagnostics for people: message, place, source line with the place underlined, labels, help, notes and fixes.
// Example:
//   warning[blocking-sleep]: `time.sleep(1)` stops the whole event loop for 1 s
//    --> poll.py:3:5
//     |
//   3 |     time.sleep(1)
//     |     ^^^^^^^^^^^^^
//     = help: await `asyncio.sleep` so that other tasks can run
//     = note: asyncport explain blocking-sleep
#include <algorithm>
#include <cstdint>
#include <set>
#include <string_view>

#include "diag/sinks/sinks.h"
#include "diag/sinks/texts.h"
#include "support/strings.h"
#include "support/width.h"

namespace asyncport::diag {
namespace {

constexpr std::uint32_t kTabStop = 4;
// A longer line is cropped to a window around the place.
constexpr std::uint32_t kMaxColumns = 120;
constexpr std::uint32_t kColumnsBefore = 40;
// Of a line with more bytes, only so many around the place are looked at.
constexpr std::uint32_t kMaxBytes = 1024;
constexpr std::string_view kEllipsis = "...";

enum class Style : std::uint8_t { kError, kWarning, kInfo, kHint, kFrame, kBold };

// A source line as it is shown: what each byte offset's character prints as, and from which column.
struct Cell {
  std::uint32_t offset;
  std::uint32_t column;
  std::string text;
};

struct ShownLine {
  std::vector<Cell> cells;
  std::uint32_t columns = 0;

  std::uint32_t ColumnOf(std::uint32_t offset) const {
    auto it = std::lower_bound(cells.begin(), cells.end(), offset,
                               [](const Cell& cell, std::uint32_t o) { return cell.offset < o; });
    return it == cells.end() ? columns : it->column;
  }
};

ShownLine Show(const Source& source, Span line) {
  ShownLine shown;
  for (std::size_t pos = line.begin; pos < line.end;) {
    auto offset = static_cast<std::uint32_t>(pos);
    std::uint32_t c = NextCodePoint(source.text(), pos);
    std::string text =
        c == '\t' ? std::string(kTabStop - shown.columns % kTabStop, ' ') : EscapeOf(c);
    if (text.empty()) text = std::string(source.text().substr(offset, pos - offset));
    std::uint32_t width = DisplayWidth(text);
    shown.cells.push_back({offset, shown.columns, std::move(text)});
    shown.columns += width;
  }
  return shown;
}

// A place to underline in one line.
struct Underline {
  std::uint32_t begin;  // columns
  std::uint32_t end;
  std::uint32_t last_line;  // 0-based, of the whole span
  bool primary;
  std::string text;
};

class Renderer {
 public:
  Renderer(const Source& source, const SinkOptions& options) : source_(source), options_(options) {}

  std::string Run(const std::vector<Diagnostic>& diagnostics) {
    Selection selection = Select(diagnostics, options_);
    for (const Diagnostic* diagnostic : selection.shown) {
      One(*diagnostic);
      out_ += '\n';
    }
    if (selection.lessons_left != 0) {
      out_ += std::to_string(selection.lessons_left);
      out_ += selection.lessons_left == 1 ? " lesson: `--lessons` shows it\n"
                                          : " lessons: `--lessons` shows them\n";
    } else if (!out_.empty()) {
      out_.pop_back();
    }
    return std::move(out_);
  }

 private:
  void Put(Style style, std::string_view text) {
    constexpr std::string_view kCodes[] = {"\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m",
                                           "\x1b[1;32m", "\x1b[1;34m", "\x1b[1m"};
    if (options_.color) out_ += kCodes[static_cast<std::size_t>(style)];
    out_ += text;
    if (options_.color) out_ += "\x1b[0m";
  }

  // `  | ` or `12 | `; `bar` is `|` or `=`.
  void Gutter(std::string_view number, std::string_view bar) {
    Put(Style::kFrame,
        std::string(gutter_ - number.size(), ' ').append(number) + " " + std::string(bar));
  }

  void Remark(std::string_view word, std::string_view text) {
    Gutter("", "=");
    out_ += ' ';
    Put(Style::kBold, std::string(word) + ":");
    out_ += ' ';
    out_ += OneLine(text);
    out_ += '\n';
  }

  void One(const Diagnostic& diagnostic) {
    Texts texts = FindShortTexts(diagnostic, options_);
    auto style = static_cast<Style>(texts.level);
    Put(style, std::string(Name(texts.level)) + "[" + diagnostic.id + "]");
    Put(Style::kBold, ": " + OneLine(texts.message));
    out_ += '\n';

    std::set<std::uint32_t> lines;  // 0-based, those in which a span begins
    Span primary = Clamp(diagnostic.span);
    lines.insert(source_.LineIndex(primary.begin));
    for (const Label& label : diagnostic.labels)
      lines.insert(source_.LineIndex(Clamp(label.span).begin));
    gutter_ = std::to_string(*lines.rbegin() + 1).size();

    LineColumn at = source_.Position(primary.begin);
    Put(Style::kFrame, std::string(gutter_, ' ') + "--> ");
    out_ += OneLine(source_.name()) + ":" + std::to_string(at.line) + ":" +
            std::to_string(at.column) + "\n";
    if (!source_.text().empty()) {
      Gutter("", "|");
      out_ += '\n';
      std::uint32_t previous = *lines.begin();
      for (std::uint32_t line : lines) {
        if (line > previous + 1) {
          Put(Style::kFrame, kEllipsis);
          out_ += '\n';
        }
        previous = line;
        Line(line, primary, diagnostic, style);
      }
    }
    if (!texts.help.empty()) Remark("help", texts.help);
    for (const std::string& note : diagnostic.notes) Remark("note", note);
    for (const Fix& fix : diagnostic.fixes) Suggestion(fix);
    if (explained_.insert(diagnostic.id).second)
      Remark("note", "asyncport explain " + diagnostic.id);
  }

  Span Clamp(Span span) const {
    auto size = static_cast<std::uint32_t>(source_.text().size());
    return {std::min(span.begin, size), std::min(span.end, size)};
  }

  // The part of a line that is looked at.
  Span Window(Span line, std::uint32_t place) const {
    if (line.size() <= kMaxBytes) return line;
    auto at_character = [&](std::uint32_t offset) {
      while (offset < line.end && (source_.text()[offset] & 0xC0) == 0x80) ++offset;
      return offset;
    };
    std::uint32_t begin =
        place - line.begin > kMaxBytes / 2 ? at_character(place - kMaxBytes / 2) : line.begin;
    return {begin, line.end - begin > kMaxBytes ? at_character(begin + kMaxBytes) : line.end};
  }

  void Line(std::uint32_t line, Span primary, const Diagnostic& diagnostic, Style style) {
    Span whole = source_.LineSpan(line);
    Span span =
        Window(whole, source_.LineIndex(primary.begin) == line ? primary.begin : whole.begin);
    ShownLine shown = Show(source_, span);
    std::vector<Underline> underlines;
    auto add = [&](Span s, bool is_primary, std::string_view text) {
      s = Clamp(s);
      if (source_.LineIndex(s.begin) != line || s.begin < span.begin) return;
      std::uint32_t begin = shown.ColumnOf(s.begin);
      std::uint32_t end = s.end > span.end ? shown.columns : shown.ColumnOf(s.end);
      std::uint32_t last = source_.LineIndex(s.end > s.begin ? s.end - 1 : s.end);
      underlines.push_back({begin, std::max(end, begin + 1), last, is_primary, OneLine(text)});
    };
    add(primary, true, "");
    for (const Label& label : diagnostic.labels) add(label.span, false, label.text);

    // Crop a very long line around the first place.
    std::uint32_t from = 0;
    std::uint32_t to = shown.columns;
    if (shown.columns > kMaxColumns) {
      std::uint32_t place = underlines.front().begin;
      from = place > kColumnsBefore ? place - kColumnsBefore : 0;
      to = std::min(shown.columns, from + kMaxColumns);
    }
    std::string text;
    std::uint32_t shift = from;  // columns that the printed line begins after
    if (from > 0) {
      text = kEllipsis;
      shift -= static_cast<std::uint32_t>(kEllipsis.size());
      auto first = std::find_if(shown.cells.begin(), shown.cells.end(),
                                [&](const Cell& c) { return c.column >= from; });
      text.append(first->column - from, ' ');
    }
    for (const Cell& cell : shown.cells) {
      if (cell.column >= from && cell.column < to) text += cell.text;
    }
    if (to < shown.columns || span.end < whole.end) text += kEllipsis;

    Gutter(std::to_string(line + 1), "|");
    if (!Trim(text).empty()) out_ += " " + text;
    out_ += '\n';
    for (const Underline& u : underlines) {
      std::uint32_t begin = std::clamp(u.begin, from, to) - shift;
      std::uint32_t end = std::max(std::clamp(u.end, from, to) - shift, begin + 1);
      Gutter("", "|");
      out_ += std::string(begin + 1, ' ');
      std::string mark(end - begin, u.primary ? '^' : '-');
      if (u.last_line > line) mark += " to line " + std::to_string(u.last_line + 1);
      if (!u.text.empty()) mark += " " + u.text;
      Put(u.primary ? style : Style::kFrame, mark);
      out_ += '\n';
    }
  }

  // The title, and the changed line where the edits keep to one.
  void Suggestion(const Fix& fix) {
    Remark("fix", fix.title);
    if (fix.edits.empty()) return;
    std::uint32_t line = source_.LineIndex(fix.edits.front().span.begin);
    Span span = source_.LineSpan(line);
    std::string text;
    std::uint32_t done = span.begin;
    for (const Edit& edit : fix.edits) {
      bool one_line = edit.span.begin >= done && edit.span.end <= span.end &&
                      edit.text.find('\n') == std::string::npos;
      if (!one_line) return;
      text += source_.Text({done, edit.span.begin});
      text += edit.text;
      done = edit.span.end;
    }
    text += source_.Text({done, span.end});
    if (DisplayWidth(text) > kMaxColumns) return;
    Source changed(source_.name(), std::move(text));
    ShownLine shown = Show(changed, changed.LineSpan(0));
    Gutter(std::to_string(line + 1), "|");
    out_ += ' ';
    for (const Cell& cell : shown.cells) out_ += cell.text;
    out_ += '\n';
  }

  const Source& source_;
  const SinkOptions& options_;
  std::string out_;
  std::size_t gutter_ = 1;           // columns of the widest line number of the current diagnostic
  std::set<std::string> explained_;  // ids whose page was named
};

}  // namespace

std::string RenderFull(const Source& source, const std::vector<Diagnostic>& diagnostics,
                       const SinkOptions& options) {
  return Renderer(source, options).Run(diagnostics);
}

}  // namespace asyncport::diag
