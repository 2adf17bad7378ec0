// Instances where JavaScript asks for a plain value: `valueOf` and `[Symbol.toPrimitive]` in arithmetic, comparisons and
// texts. Members under a symbol, or under a name that is computed from literals.
// Example: `total > limit` of a class with valueOf -> `total.value_of() > limit.value_of()`.
#include "translate/to_py/instance_values.h"

#include <string>

#include "translate/to_py/shown.h"
#include "translate/to_py/topics.h"
#include "translate/to_py/topics_of_library.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

bool HasToPrimitive(Context& c, NodeId owner) {
  auto def = c.As<ClassDef>(owner);
  if (!def) return false;
  for (NodeId member : c.As<ir::Block>(def.body()).statements()) {
    auto method = c.As<Method>(member);
    if (method && method.computed_key() &&
        c.facts().ResolvedName(method.computed_key()) == "Symbol.toPrimitive") {
      return true;
    }
  }
  if (def.bases().empty()) return false;
  const facts::Type& base = c.facts().type(c.facts().TypeOf(def.bases()[0]));
  return base.kind == TypeKind::kClass && HasToPrimitive(c, base.decl);
}

// From now on the operand stands for its plain value.
void TakeValue(Context& c, NodeId operand, std::string_view hint) {
  const facts::Type& type = c.facts().type(c.facts().TypeOf(operand));
  if (type.kind != TypeKind::kInstance || !c.src().Is(type.decl, NodeKind::kClassDef)) return;
  if (HasToPrimitive(c, type.decl)) {
    NodeId method = c.NewAttribute(c.Expr(operand), "to_primitive");
    c.Override(operand, c.NewCall(method, {c.NewString(hint)}, operand));
  } else if (hint != "string" && HasMethod(c, type.decl, "valueOf")) {
    const std::string name = c.names().Member("valueOf", false);
    c.Override(operand, c.NewCall(c.NewAttribute(c.Expr(operand), name), {}, operand));
  }
}

// Once for each place.
bool First(Context& c, NodeId id) {
  return c.marks().insert("plain-value:" + std::to_string(id.index)).second;
}

std::optional<NodeId> TakeOperands(Context& c, NodeId id) {
  auto binary = c.As<Binary>(id);
  switch (binary.op()) {
    case BinaryOp::kAdd:
    case BinaryOp::kSub:
    case BinaryOp::kMul:
    case BinaryOp::kDiv:
    case BinaryOp::kMod:
    case BinaryOp::kPow:
    case BinaryOp::kLt:
    case BinaryOp::kLe:
    case BinaryOp::kGt:
    case BinaryOp::kGe:
      break;
    default:
      return std::nullopt;
  }
  if (!First(c, id)) return std::nullopt;
  const char* hint = binary.op() == BinaryOp::kAdd ? "default" : "number";
  TakeValue(c, binary.left(), hint);
  TakeValue(c, binary.right(), hint);
  return std::nullopt;
}

std::optional<NodeId> TakeUnary(Context& c, NodeId id) {
  auto unary = c.As<Unary>(id);
  if (unary.op() != UnaryOp::kPos && unary.op() != UnaryOp::kNeg) return std::nullopt;
  const facts::Type& type = c.facts().type(c.facts().TypeOf(unary.operand()));
  if (type.kind != TypeKind::kInstance || !First(c, id)) return std::nullopt;
  const bool has = HasToPrimitive(c, type.decl) || HasMethod(c, type.decl, "valueOf");
  TakeValue(c, unary.operand(), "number");
  if (!has || unary.op() != UnaryOp::kPos) return std::nullopt;
  return c.Expr(unary.operand());
}

std::optional<NodeId> TakeParts(Context& c, NodeId id) {
  if (!First(c, id)) return std::nullopt;
  for (NodeId part : c.As<Template>(id).parts()) TakeValue(c, part, "string");
  return std::nullopt;
}

std::optional<NodeId> TakeArguments(Context& c, NodeId id) {
  const std::string path = c.facts().ResolvedName(c.As<Call>(id).callee());
  const bool math = path.starts_with("Math.");
  const bool number = path == "Number";
  const bool text = path == "String";
  if ((!math && !number && !text) || !First(c, id)) return std::nullopt;
  for (NodeId arg : c.As<Call>(id).args()) TakeValue(c, arg, text ? "string" : "number");
  if (!number || c.As<Call>(id).args().size() != 1) return std::nullopt;
  const facts::Type& type = c.facts().type(c.facts().TypeOf(c.As<Call>(id).args()[0]));
  if (type.kind != TypeKind::kInstance || !c.src().Is(type.decl, NodeKind::kClassDef)) {
    return std::nullopt;
  }
  return c.Expr(c.As<Call>(id).args()[0]);
}

// `this[kItems]`, where `const kItems = Symbol()`: an attribute that others do not meet.
std::optional<NodeId> TranslateSymbolMember(Context& c, NodeId id) {
  auto item = c.As<Subscript>(id);
  const bool instance = c.src().Is(item.object(), NodeKind::kSelfRef) ||
                        c.facts().Only(item.object(), {TypeKind::kInstance});
  if (!instance) return std::nullopt;
  const std::string name = MemberOfSymbol(c, item.index());
  if (name.empty()) return std::nullopt;
  return c.NewAttribute(c.Expr(item.object()), name, id);
}

}  // namespace

bool HasPlainValue(Context& c, NodeId id) {
  const facts::Type& type = c.facts().type(c.facts().TypeOf(id));
  return type.kind == TypeKind::kInstance && c.src().Is(type.decl, NodeKind::kClassDef) &&
         (HasToPrimitive(c, type.decl) || HasMethod(c, type.decl, "valueOf"));
}

std::string MemberOfSymbol(Context& c, NodeId key) {
  const facts::BindingId binding =
      c.src().Is(key, NodeKind::kName) ? c.facts().BindingOf(key) : facts::BindingId{};
  if (!binding || c.facts().binding(binding).writes.size() != 1) return {};
  auto assign = c.As<Assign>(c.facts().binding(binding).definition);
  if (!assign || !assign.value()) return {};
  if (!c.IsCallTo(assign.value(), "Symbol") && !c.IsCallTo(assign.value(), "Symbol.for")) return {};
  std::string name = c.names().Convert(c.src().text(key));
  if (name.starts_with("k_")) name = name.substr(2);
  for (char& ch : name) ch = static_cast<char>(ch >= 'A' && ch <= 'Z' ? ch - 'A' + 'a' : ch);
  return name.starts_with('_') ? name : "_" + name;
}

void RegisterInstanceValues(Topics& t) {
  t.Claim(NodeKind::kBinary, Order::kBeforeCards, &TakeOperands);
  t.Claim(NodeKind::kUnary, Order::kBeforeCards, &TakeUnary);
  t.Claim(NodeKind::kTemplate, Order::kBeforeCards, &TakeParts);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TakeArguments);
  t.Claim(NodeKind::kSubscript, Order::kBeforeCards, &TranslateSymbolMember);
}

}  // namespace asyncport::translate::to_py
