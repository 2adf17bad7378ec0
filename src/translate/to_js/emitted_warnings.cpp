// The module warnings: Node's own. Also bytes that are joined. Filters of warnings have no counterpart.
// Example: `warnings.warn("use g()", DeprecationWarning, stacklevel=2)` -> `process.emitWarning("use g()",
// "DeprecationWarning")`; `b"".join(parts)` -> `Buffer.concat(parts)`.
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

}  // namespace

void RegisterEmittedWarnings(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateWarn);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateJoin);
}

}  // namespace asyncport::translate::to_js
