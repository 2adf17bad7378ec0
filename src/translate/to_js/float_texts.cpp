// See float_texts.h.
#include "translate/to_js/float_texts.h"

#include <cctype>
#include <string_view>

#include "facts/whole_floats.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;
using facts::Whole;

namespace {

bool IsWordLike(char ch) {
  return std::isalpha(static_cast<unsigned char>(ch)) != 0 || ch == '_' || ch == '$' || (ch & 0x80) != 0;
}

// Does the part next to it end (or begin) with what makes one word of both?
bool Touches(Context& c, NodeId part, bool at_end) {
  if (!part) return false;
  auto text = c.As<String>(part);
  if (!text) return c.src().Is(part, NodeKind::kTemplate) || Only(c, part, kNumber);
  const std::string_view value = text.value();
  return !value.empty() && IsWordLike(at_end ? value.back() : value.front());
}

// Is the text an item of a container, where its quotes will show?
bool IsKept(Context& c, NodeId value) {
  NodeId up = c.facts().Parent(value);
  if (c.src().Is(up, NodeKind::kFormatValue)) up = c.facts().Parent(up);
  if (!c.src().Is(up, NodeKind::kTemplate)) return false;
  NodeId holder = c.facts().Parent(up);
  switch (c.src().kind(holder)) {
    case NodeKind::kList: case NodeKind::kTuple: case NodeKind::kSetLit: case NodeKind::kDictEntry:
      return true;
    case NodeKind::kComprehension:
      return c.As<Comprehension>(holder).kind() != ComprehensionKind::kGenerator;
    case NodeKind::kCall: {
      const std::string_view method = c.MethodName(holder);
      return method == "append" || method == "add" || method == "insert" || method == "appendleft" || method == "setdefault";
    }
    default:
      return false;
  }
}

}  // namespace

Neighbours NeighboursOf(std::span<const NodeId> parts, NodeId part) {
  Neighbours found;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i] != part) continue;
    if (i > 0) found.before = parts[i - 1];
    if (i + 1 < parts.size()) found.after = parts[i + 1];
  }
  return found;
}

NodeId FloatInText(Context& c, NodeId value, NodeId part, Neighbours beside) {
  const Whole whole = facts::MayBeWholeFloat(c.facts(), value);
  if (whole == Whole::kNo) return part;
  const bool touches = Touches(c, beside.before, true) || Touches(c, beside.after, false);
  if (!touches && !(whole == Whole::kYes && IsKept(c, value))) return part;
  if (whole == Whole::kPerhaps) {
    c.SayOnce("float-text", value);
    return part;
  }
  return c.NewCall(Local(c, "floatText"), {c.Expr(value)}, value);
}

}  // namespace asyncport::translate::to_js
