// The document as text for people: one part a line, contents indented.
// Example: Group("a" Line "b") is "group {\n  \"a\"\n  line\n  \"b\"\n}\n".
#include <algorithm>

#include "doc/doc.h"

namespace asyncport::doc {
namespace {

constexpr std::string_view kNames[] = {"empty",        "text",
                                       "line",         "softline",
                                       "hardline",     "literalline",
                                       "concat",       "fill",
                                       "indent",       "align",
                                       "group",        "best_of",
                                       "if_break",     "indent_if_break",
                                       "line_suffix",  "line_suffix_boundary",
                                       "break_parent", "mark"};

// Deeper parts are not indented further, so that a deep document costs no quadratic output.
constexpr std::size_t kMaxIndent = 80;

struct Frame {
  std::uint32_t node;
  std::size_t depth;
  std::string_view label;  // words before the node, or a closing brace if `node` is kClose
};
constexpr std::uint32_t kClose = 0xFFFFFFFF;

std::string Quote(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string Head(const Builder& builder, const Node& node) {
  if (node.kind == Kind::kText) return Quote(builder.TextOf(node));
  std::string head{kNames[static_cast<std::size_t>(node.kind)]};
  if (node.kind == Kind::kGroup && node.b != 0) head += " #" + std::to_string(node.b);
  if (node.kind == Kind::kGroup && node.broken) head += " broken";
  if (node.kind == Kind::kAlign || node.kind == Kind::kMark) head += " " + std::to_string(node.b);
  if (node.kind == Kind::kIfBreak || node.kind == Kind::kIndentIfBreak) {
    if (node.c != 0) head += " #" + std::to_string(node.c);
  }
  return head;
}

}  // namespace

std::string Dump(const Builder& builder, Doc doc) {
  std::string out;
  std::vector<Frame> stack{{doc.index, 0, ""}};
  while (!stack.empty()) {
    Frame frame = stack.back();
    stack.pop_back();
    out.append(std::min(frame.depth * 2, kMaxIndent), ' ');
    if (frame.node == kClose) {
      out += "}\n";
      continue;
    }
    const Node& node = builder.At(frame.node);
    out += frame.label;
    out += Head(builder, node);
    std::size_t inner = frame.depth + 1;
    std::vector<Frame> parts;
    switch (node.kind) {
      case Kind::kConcat:
      case Kind::kFill:
      case Kind::kBestOf:
        for (std::uint32_t i = 0; i < node.b; ++i)
          parts.push_back({builder.Child(node, i), inner, ""});
        break;
      case Kind::kIfBreak:
        parts = {{node.a, inner, "broken: "}, {node.b, inner, "flat: "}};
        break;
      case Kind::kIndent:
      case Kind::kAlign:
      case Kind::kGroup:
      case Kind::kIndentIfBreak:
      case Kind::kLineSuffix:
      case Kind::kMark:
        parts = {{node.a, inner, ""}};
        break;
      default:
        break;
    }
    if (parts.empty()) {
      out += '\n';
      continue;
    }
    out += " {\n";
    stack.push_back({kClose, frame.depth, ""});
    stack.insert(stack.end(), parts.rbegin(), parts.rend());
  }
  return out;
}

}  // namespace asyncport::doc
