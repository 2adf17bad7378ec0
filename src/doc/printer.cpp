// The layout algorithm: an explicit stack of commands, and a look-ahead that measures up to the next possible newline.
// Sequences are walked by frames that remember the next child, so that the look-ahead costs no more than the columns it
// measures, and no call stack is used.
#include "doc/printer.h"

#include <algorithm>
#include <cstddef>

namespace asyncport::doc {
namespace {

enum class Mode : std::uint8_t { kFlat, kBreak };

struct Frame {
  std::uint32_t node = 0;
  std::uint32_t next = 0;    // sequence: next child; mark: 1 when its contents are done
  std::uint32_t indent = 0;  // columns
  Mode mode = Mode::kBreak;
};

class Printer {
 public:
  Printer(const Builder& builder, const PrintOptions& options)
      : builder_(builder), options_(options), group_modes_(builder.group_count(), Mode::kFlat) {}

  Printed Run(Doc doc) {
    commands_.push_back({doc.index, 0, 0, Mode::kBreak});
    while (!commands_.empty() || !suffixes_.empty()) {
      if (commands_.empty()) FlushSuffixes();
      Frame frame = commands_.back();
      commands_.pop_back();
      Step(frame);
    }
    TrimBlanks();
    return std::move(out_);
  }

 private:
  void Push(std::uint32_t node, const Frame& like) {
    commands_.push_back({node, 0, like.indent, like.mode});
  }
  void Push(std::uint32_t node, std::uint32_t indent, Mode mode) {
    commands_.push_back({node, 0, indent, mode});
  }

  void Step(const Frame& frame) {
    const Node& node = builder_.At(frame.node);
    switch (node.kind) {
      case Kind::kEmpty:
      case Kind::kBreakParent:
        break;
      case Kind::kText:
        out_.text += builder_.TextOf(node);
        column_ += node.c;
        break;
      case Kind::kConcat:
        if (frame.next + 1 < node.b)
          commands_.push_back({frame.node, frame.next + 1, frame.indent, frame.mode});
        Push(builder_.Child(node, frame.next), frame);
        break;
      case Kind::kFill:
        StepFill(frame, node);
        break;
      case Kind::kIndent:
        Push(node.a, frame.indent + options_.indent_width, frame.mode);
        break;
      case Kind::kAlign:
        Push(node.a, frame.indent + node.b, frame.mode);
        break;
      case Kind::kIndentIfBreak:
        Push(node.a,
             frame.indent + (group_modes_[node.c] == Mode::kBreak ? options_.indent_width : 0),
             frame.mode);
        break;
      case Kind::kGroup:
        StepGroup(frame, node);
        break;
      case Kind::kBestOf:
        StepBestOf(frame, node);
        break;
      case Kind::kIfBreak:
        Push(IfBreakChoice(node, frame.mode), frame);
        break;
      case Kind::kLineSuffix:
        suffixes_.push_back({node.a, 0, frame.indent, frame.mode});
        break;
      case Kind::kLineSuffixBoundary:
        if (!suffixes_.empty()) Push(builder_.HardLine().index, frame);
        break;
      case Kind::kMark:
        if (frame.next == 0) {
          open_marks_.push_back(static_cast<std::uint32_t>(out_.text.size()));
          commands_.push_back({frame.node, 1, frame.indent, frame.mode});
          Push(node.a, frame);
        } else {
          auto end = static_cast<std::uint32_t>(out_.text.size());
          out_.marks.push_back({node.b, std::min(open_marks_.back(), end), end});
          open_marks_.pop_back();
        }
        break;
      case Kind::kLine:
      case Kind::kSoftLine:
      case Kind::kHardLine:
      case Kind::kLiteralLine:
        StepLine(frame, node);
        break;
    }
  }

  void StepLine(const Frame& frame, const Node& node) {
    bool hard = node.kind == Kind::kHardLine || node.kind == Kind::kLiteralLine;
    if (frame.mode == Mode::kFlat && !hard) {
      if (node.kind == Kind::kLine) {
        out_.text += ' ';
        ++column_;
      }
      return;
    }
    // What was measured as one flat line has now become several: groups after this must be measured again.
    if (frame.mode == Mode::kFlat) remeasure_ = true;
    if (!suffixes_.empty()) {
      commands_.push_back(frame);
      FlushSuffixes();
      return;
    }
    if (node.kind == Kind::kLiteralLine) {
      out_.text += '\n';
      column_ = 0;
      return;
    }
    TrimBlanks();
    out_.text += '\n';
    out_.text.append(frame.indent, ' ');
    column_ = frame.indent;
  }

  void StepGroup(const Frame& frame, const Node& node) {
    Mode mode = Mode::kBreak;
    if (frame.mode == Mode::kFlat && !remeasure_) {
      mode = node.broken ? Mode::kBreak : Mode::kFlat;
    } else {
      remeasure_ = false;
      Frame flat{node.a, 0, frame.indent, Mode::kFlat};
      if (!node.broken && Fits(&flat, 1, true, false)) mode = Mode::kFlat;
    }
    Push(node.a, frame.indent, mode);
    if (node.b != 0) group_modes_[node.b] = mode;
  }

  void StepBestOf(const Frame& frame, const Node& node) {
    if (frame.mode == Mode::kFlat && !remeasure_) {
      Push(builder_.Child(node, 0), frame);
      return;
    }
    remeasure_ = false;
    for (std::uint32_t i = 0; i < node.b; ++i) {
      Frame flat{builder_.Child(node, i), 0, frame.indent, Mode::kFlat};
      if (Fits(&flat, 1, true, false)) {
        commands_.push_back(flat);
        return;
      }
    }
    Push(builder_.Child(node, node.b - 1), frame.indent, Mode::kBreak);
  }

  // Children are content, separator, content, ...; `next` is always at a content.
  void StepFill(const Frame& frame, const Node& node) {
    std::uint32_t i = frame.next;
    Frame content[3];
    for (std::uint32_t k = 0; k < 3 && i + k < node.b; ++k) {
      content[k] = {builder_.Child(node, i + k), 0, frame.indent, Mode::kFlat};
    }
    bool content_fits = Fits(content, 1, false, true);
    if (i + 1 == node.b) {
      Push(content[0].node, frame.indent, content_fits ? Mode::kFlat : Mode::kBreak);
      return;
    }
    bool pair_fits = i + 2 < node.b ? Fits(content, 3, false, true) : content_fits;
    if (i + 2 < node.b) commands_.push_back({frame.node, i + 2, frame.indent, frame.mode});
    Push(content[1].node, frame.indent, pair_fits ? Mode::kFlat : Mode::kBreak);
    Push(content[0].node, frame.indent, content_fits ? Mode::kFlat : Mode::kBreak);
  }

  std::uint32_t IfBreakChoice(const Node& node, Mode mode) const {
    if (node.c != 0) mode = group_modes_[node.c];
    return mode == Mode::kBreak ? node.a : node.b;
  }

  // Whether `frames` (first to last), and what follows them if `with_rest`, fit in the line up to the first newline.
  // `must_be_flat`: a group that is broken by itself does not fit.
  bool Fits(const Frame* frames, std::size_t count, bool with_rest, bool must_be_flat) {
    if (column_ > options_.width) return false;
    std::uint32_t room = options_.width - column_;
    bool suffix_pending = !suffixes_.empty();
    std::size_t rest = commands_.size();
    ahead_.clear();
    for (std::size_t i = count; i-- > 0;) ahead_.push_back(frames[i]);
    for (;;) {
      if (ahead_.empty()) {
        if (!with_rest || rest == 0) return true;
        ahead_.push_back(commands_[--rest]);
        continue;
      }
      Frame frame = ahead_.back();
      ahead_.pop_back();
      const Node& node = builder_.At(frame.node);
      if (frame.mode == Mode::kFlat && frame.next == 0 && node.lead > room) return false;
      switch (node.kind) {
        case Kind::kEmpty:
        case Kind::kBreakParent:
          break;
        case Kind::kText:
          if (node.c > room) return false;
          room -= node.c;
          break;
        case Kind::kLine:
        case Kind::kSoftLine:
          if (frame.mode == Mode::kBreak) return true;
          if (node.kind == Kind::kLine) {
            if (room == 0) return false;
            --room;
          }
          break;
        case Kind::kHardLine:
        case Kind::kLiteralLine:
          return true;
        case Kind::kConcat:
        case Kind::kFill:
          if (frame.next + 1 < node.b)
            ahead_.push_back({frame.node, frame.next + 1, frame.indent, frame.mode});
          ahead_.push_back({builder_.Child(node, frame.next), 0, frame.indent, frame.mode});
          break;
        case Kind::kIndent:
        case Kind::kAlign:
        case Kind::kIndentIfBreak:
          ahead_.push_back({node.a, 0, frame.indent, frame.mode});
          break;
        case Kind::kGroup:
          if (must_be_flat && node.broken) return false;
          ahead_.push_back({node.a, 0, frame.indent, node.broken ? Mode::kBreak : frame.mode});
          break;
        case Kind::kBestOf:
          // Undecided yet (it is in what follows): it may still take its most expanded form.
          ahead_.push_back({builder_.Child(node, frame.mode == Mode::kBreak ? node.b - 1 : 0), 0, frame.indent, frame.mode});
          break;
        case Kind::kIfBreak:
          ahead_.push_back({IfBreakChoice(node, frame.mode), 0, frame.indent, frame.mode});
          break;
        case Kind::kLineSuffix:
          suffix_pending = true;
          break;
        case Kind::kLineSuffixBoundary:
          if (suffix_pending) return true;
          break;
        case Kind::kMark:
          if (frame.next == 0) ahead_.push_back({node.a, 0, frame.indent, frame.mode});
          break;
      }
    }
  }

  void FlushSuffixes() {
    commands_.insert(commands_.end(), suffixes_.rbegin(), suffixes_.rend());
    suffixes_.clear();
  }

  // Blanks before a newline go; ranges that end in them shrink.
  void TrimBlanks() {
    std::size_t size = out_.text.size();
    while (size > 0 && (out_.text[size - 1] == ' ' || out_.text[size - 1] == '\t')) --size;
    if (size == out_.text.size()) return;
    out_.text.resize(size);
    auto end = static_cast<std::uint32_t>(size);
    for (auto it = out_.marks.rbegin(); it != out_.marks.rend() && it->end > end; ++it) {
      it->end = end;
      it->begin = std::min(it->begin, end);
    }
  }

  const Builder& builder_;
  const PrintOptions& options_;
  std::vector<Mode> group_modes_;  // by group id
  std::vector<Frame> commands_;    // last is next
  std::vector<Frame> suffixes_;
  std::vector<Frame> ahead_;  // scratch of Fits
  std::vector<std::uint32_t> open_marks_;
  Printed out_;
  std::uint32_t column_ = 0;
  bool remeasure_ = false;
};

}  // namespace

Printed Print(const Builder& builder, Doc doc, const PrintOptions& options) {
  return Printer(builder, options).Run(doc);
}

}  // namespace asyncport::doc
