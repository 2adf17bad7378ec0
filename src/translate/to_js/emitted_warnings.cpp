// The module warnings: Node's own. Also bytes that are joined and added. Filters of warnings have no counterpart.
// Example: `warnings.warn("use g()", DeprecationWarning)` -> `process.emitWarning("use g()", "DeprecationWarning")`;
// `b"".join(parts)` -> `Buffer.concat(parts)`; `a + b"x"` -> `Buffer.concat([a, Buffer.from("x")])`.
#include <algorithm>

#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

bool IsCategory(std::string_view name) {
  static constexpr std::string_view kNames[] = {"BytesWarning",
                                                "DeprecationWarning",
                                                "FutureWarning",
                                                "ImportWarning",
                                                "PendingDeprecationWarning",
                                                "ResourceWarning",
                                                "RuntimeWarning",
                                                "SyntaxWarning",
                                                "UnicodeWarning",
                                                "UserWarning"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

std::optional<NodeId> TranslateWarn(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "warnings.warn")) return std::nullopt;
  NodeId message;
  NodeId category;
  for (NodeId arg : c.As<Call>(id).args()) {
    auto keyword = c.As<Keyword>(arg);
    // How far up the caller is that is blamed: Node shows the whole stack with --trace-warnings.
    if (keyword && keyword.name() == "stacklevel") continue;
    if (keyword && keyword.name() == "category") {
      category = keyword.value();
    } else if (keyword || c.src().Is(arg, NodeKind::kSpread)) {
      return std::nullopt;
    } else if (!message) {
      message = arg;
    } else if (!category) {
      category = arg;
    }
  }
  if (!message || c.src().Is(message, NodeKind::kCall)) return std::nullopt;
  const std::string name = category ? c.facts().ResolvedName(category) : "UserWarning";
  if (!IsCategory(name)) return std::nullopt;
  return Js(c, "process.emitWarning($MESSAGE, $NAME)",
            {{"MESSAGE", c.Expr(message)}, {"NAME", c.NewString(name)}}, id);
}

// `b""`, or a name that always stands for it.
bool IsNoBytes(Context& c, NodeId id) {
  if (auto bytes = c.As<Bytes>(id)) return bytes.value().empty();
  const facts::BindingId binding =
      c.src().Is(id, NodeKind::kName) ? c.facts().BindingOf(id) : facts::BindingId{};
  if (!binding || c.facts().binding(binding).reassigned) return false;
  auto assign = c.As<Assign>(c.facts().binding(binding).definition);
  auto bytes = assign && assign.value() ? c.As<Bytes>(assign.value()) : Bytes();
  return bytes && bytes.value().empty();
}

std::optional<NodeId> TranslateJoin(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  if (!method || method.name() != "join" || call.args().size() != 1) return std::nullopt;
  if (!IsNoBytes(c, method.object())) return std::nullopt;
  c.SayOnce("bytes-are-buffers", id);
  return Js(c, "Buffer.concat($PARTS)", {{"PARTS", ArrayOf(c, call.args()[0])}}, id);
}

// The parts of `a + b + c`, if one of them is bytes: then all of them are.
NodeList PartsOfBytes(Context& c, NodeId left, NodeId right) {
  NodeList parts{right};
  while (auto binary = c.As<Binary>(left)) {
    if (binary.op() != BinaryOp::kAdd) break;
    parts.push_back(binary.right());
    left = binary.left();
  }
  parts.push_back(left);
  std::reverse(parts.begin(), parts.end());
  const bool any = std::any_of(parts.begin(), parts.end(), [&](NodeId part) {
    return c.facts().Only(part, {facts::TypeKind::kBytes});
  });
  return any ? parts : NodeList();
}

NodeId Concatenated(Context& c, NodeId first, const NodeList& parts, NodeId origin) {
  NodeList elements;
  if (first) elements.push_back(first);
  for (NodeId part : parts) elements.push_back(c.Expr(part));
  NodeId list = c.New(make::List{.elements = std::move(elements)}, {});
  return Js(c, "Buffer.concat($PARTS)", {{"PARTS", list}}, origin);
}

// `header + b"\r\n"`: JavaScript's plus would make texts of both.
std::optional<NodeId> TranslateSum(Context& c, NodeId id) {
  auto binary = c.As<Binary>(id);
  if (binary.op() != BinaryOp::kAdd) return std::nullopt;
  const NodeList parts = PartsOfBytes(c, binary.left(), binary.right());
  if (parts.empty()) return std::nullopt;
  c.SayOnce("bytes-are-buffers", id);
  return Concatenated(c, kNoNode, parts, id);
}

// `data += chunk`
bool TranslateGrowth(Context& c, NodeId id, NodeList& out) {
  auto augmented = c.As<AugAssign>(id);
  if (augmented.op() != BinaryOp::kAdd || !c.IsPure(augmented.target())) return false;
  const bool is_bytes = c.facts().Only(augmented.target(), {facts::TypeKind::kBytes}) ||
                        c.facts().Only(augmented.value(), {facts::TypeKind::kBytes});
  if (!is_bytes) return false;
  c.SayOnce("bytes-are-buffers", id);
  NodeId value =
      Concatenated(c, c.Expr(augmented.target()), {augmented.value()}, augmented.value());
  out.push_back(c.NewAssign(c.Expr(augmented.target()), value, id));
  return true;
}

}  // namespace

void RegisterEmittedWarnings(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateWarn);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateJoin);
  t.Claim(NodeKind::kBinary, Order::kBeforeCards, &TranslateSum);
  t.Claim(NodeKind::kAugAssign, Order::kBeforeCards, &TranslateGrowth);
}

}  // namespace asyncport::translate::to_js
