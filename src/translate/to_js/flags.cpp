// Enums whose members are plain values (IntEnum, StrEnum, Flag): what Python asks of a member is asked of the frozen
// object that holds them all. How such a value is shown is in shown.cpp.
// Example: `level.name` -> `memberName(Level, level)`; `Perm.W in rights` -> `(rights & Perm.W) === Perm.W`.
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

NodeId PlainEnumOf(Context& c, NodeId value) {
  NodeId owner = ClassOf(c, value);
  return owner && IsEnum(c, owner) && IsIntEnum(c, owner) ? owner : kNoNode;
}

bool IsFlag(Context& c, NodeId owner) {
  std::string base = LibraryBaseOf(c, owner);
  return base == "enum.Flag" || base == "enum.IntFlag";
}

NodeId EnumName(Context& c, NodeId owner) {
  return c.NewName(c.TargetName(c.As<ClassDef>(owner).name()));
}

// `level.name`; of `Level.HIGH.name` the text itself.
std::optional<NodeId> TranslateName(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  if (attribute.name() != "name" || !HasCategory(c.src().kind(attribute.object()), category::Expr))
    return std::nullopt;
  NodeId owner = PlainEnumOf(c, attribute.object());
  if (!owner) return std::nullopt;
  auto member = c.As<Attribute>(attribute.object());
  if (member && ClassInFile(c, member.object()) == owner) return c.NewString(member.name(), id);
  std::string_view local = IsFlag(c, owner) ? "flagName" : "memberName";
  return c.NewCall(Local(c, local), {EnumName(c, owner), c.Expr(attribute.object())}, id);
}

// `Perm.W in rights`
std::optional<NodeId> TranslateFlagIn(Context& c, NodeId id) {
  auto binary = c.As<Binary>(id);
  if (binary.op() != BinaryOp::kIn && binary.op() != BinaryOp::kNotIn) return std::nullopt;
  NodeId owner = PlainEnumOf(c, binary.right());
  if (!owner || !IsFlag(c, owner)) return std::nullopt;
  if (!c.IsPure(binary.left()))
    return c.Refuse(id, "untranslated", {{"reason", "`in` with a computed flag"}});
  bool is_in = binary.op() == BinaryOp::kIn;
  return Js(c, is_in ? "($R & $F) === $F" : "($R & $F) !== $F",
            {{"R", c.Expr(binary.right())}, {"F", c.Expr(binary.left())}}, id);
}

// `~flags` has bits beyond those of the class, which only `&` takes away again.
std::optional<NodeId> TranslateComplement(Context& c, NodeId id) {
  auto unary = c.As<Unary>(id);
  if (unary.op() != UnaryOp::kBitNot) return std::nullopt;
  NodeId owner = PlainEnumOf(c, unary.operand());
  if (!owner || LibraryBaseOf(c, owner) != "enum.Flag") return std::nullopt;
  NodeId around = c.facts().Parent(id);
  auto binary = c.As<Binary>(around);
  auto step = c.As<AugAssign>(around);
  bool masks = (binary && binary.op() == BinaryOp::kBitAnd) ||
               (step && step.op() == BinaryOp::kBitAnd);
  if (masks) return std::nullopt;
  return c.Refuse(id, "operator-overloading");
}

bool MayBeClass(Context& c, NodeId value) {
  const facts::Type& type = c.facts().type(c.facts().TypeOf(value));
  if (type.kind != facts::TypeKind::kUnion) return false;
  for (facts::TypeId member : type.members) {
    if (c.facts().type(member).kind == facts::TypeKind::kClass) return true;
  }
  return false;
}

}  // namespace

NodeId EnumMembersOf(Context& c, NodeId name) {
  NodeId owner = c.facts().type(c.facts().TypeOf(name)).decl;
  bool plain = owner && IsEnum(c, owner) && IsIntEnum(c, owner);
  return Js(c, plain ? "Object.values($X)" : "$X.members", {{"X", c.Expr(name)}}, name);
}

NodeId IntEnumOf(Context& c, NodeId owner, NodeId value, NodeId origin) {
  // Any combination of flags is a value.
  if (IsFlag(c, owner)) return c.Expr(value);
  NodeId name = EnumName(c, owner);
  NodeId text = c.NewString(std::string(c.src().text(c.As<ClassDef>(owner).name())));
  return c.NewCall(Local(c, "memberOf"), {name, c.Expr(value), text}, origin);
}

void SayOfFlag(Context& c, NodeId value, bool repr) {
  // `<class 'ValueError'>`, which JavaScript shows in words of its own.
  if (c.facts().KindOf(value) == facts::TypeKind::kClass || MayBeClass(c, value))
    c.Say("instance-text", value);
  // What a list holds is shown by its repr().
  NodeId held = ClassOf(c, ElementOf(c, value));
  bool holds = held && IsEnum(c, held) && IsIntEnum(c, held);
  NodeId owner = holds ? held : PlainEnumOf(c, value);
  if (owner && (repr || holds || LibraryBaseOf(c, owner) == "enum.Flag")) c.Say("instance-text", value);
}

void RegisterFlags(Topics& t) {
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateName);
  t.Claim(NodeKind::kBinary, Order::kBeforeCards, &TranslateFlagIn);
  t.Claim(NodeKind::kUnary, Order::kBeforeCards, &TranslateComplement);
}

}  // namespace asyncport::translate::to_js
