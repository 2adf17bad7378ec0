// Typed arrays are lists of numbers. What they cut off (300 in a Uint8Array) stays whole in a list: said where the file
// stores what may be too large.
// Example: `new Uint16Array(n + 1)` -> `[0] * (n + 1)`.
#include <algorithm>
#include <string_view>

#include "translate/to_py/topics.h"
#include "translate/to_py/topics_of_library.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

constexpr std::string_view kArrays[] = {
    "Int8Array",   "Uint8Array", "Uint8ClampedArray", "Int16Array",   "Uint16Array",
    "Int32Array",  "Uint32Array", "Float32Array",     "Float64Array"};

bool IsTypedArray(std::string_view name) {
  return std::find(std::begin(kArrays), std::end(kArrays), name) != std::end(kArrays);
}

// Does the file store computed values in items of eight bits, or hashes in wider ones?
bool MayCutOff(Context& c, bool is_small) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    const NodeId id{i};
    NodeId target;
    NodeId value;
    if (auto assign = c.As<Assign>(id); assign && assign.targets().size() == 1) {
      target = assign.targets()[0];
      value = assign.value();
    } else if (auto step = c.As<AugAssign>(id)) {
      target = step.target();
      value = step.value();
      if (is_small && c.src().Is(target, NodeKind::kSubscript)) return true;
    }
    if (!target || !value || !c.src().Is(target, NodeKind::kSubscript)) continue;
    if (c.src().Is(value, NodeKind::kNumber) && c.src().text(value).size() < 3) continue;
    if (c.facts().Only(value, {TypeKind::kBool})) continue;
    auto binary = c.As<Binary>(value);
    const bool grows = binary && (binary.op() == BinaryOp::kMul || binary.op() == BinaryOp::kShl ||
                                  binary.op() == BinaryOp::kPow);
    const bool computed = binary || c.src().Is(value, NodeKind::kNumber);
    if (is_small ? computed : grows) return true;
  }
  return false;
}

std::optional<NodeId> TranslateNew(Context& c, NodeId id) {
  auto made = c.As<ir::New>(id);
  const std::string name = c.facts().ResolvedName(made.callee());
  if (!IsTypedArray(name) || made.args().size() > 1) return std::nullopt;
  if (!name.starts_with("Float")) {
    const bool is_small = name.find('8') != std::string::npos;
    if (MayCutOff(c, is_small)) c.SayOnce("thirty-two-bit", id);
  }
  if (made.args().empty()) return c.New(make::List{}, id);
  NodeId arg = made.args()[0];
  const bool sized = c.facts().Only(arg, {TypeKind::kInt, TypeKind::kFloat});
  if (sized) {
    NodeId zero = c.New(make::List{.elements = {c.NewInt(0)}}, {});
    return c.New(make::Binary{.left = zero, .right = c.Expr(arg), .op = BinaryOp::kMul}, id);
  }
  if (c.src().Is(arg, NodeKind::kList)) return c.Expr(arg);
  if (!c.facts().Only(arg, {TypeKind::kList, TypeKind::kTuple, TypeKind::kSet, TypeKind::kIterator})) {
    return std::nullopt;
  }
  return c.NewCall(c.NewName("list"), {c.Expr(arg)}, id);
}

std::optional<NodeId> TranslateFrom(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  if (!method || call.args().empty()) return std::nullopt;
  if (!IsTypedArray(c.facts().ResolvedName(method.object()))) return std::nullopt;
  if (method.name() == "of") return c.New(make::List{.elements = c.Exprs(call.args())}, id);
  if (method.name() != "from" || call.args().size() != 1) return std::nullopt;
  return c.NewCall(c.NewName("list"), {c.Expr(call.args()[0])}, id);
}

}  // namespace

void RegisterTypedArrays(Topics& t) {
  t.Claim(NodeKind::kNew, Order::kBeforeCards, &TranslateNew);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateFrom);
}

}  // namespace asyncport::translate::to_py
