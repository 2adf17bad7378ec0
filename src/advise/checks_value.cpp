// misused-promise, where the value is wanted and not only its truth: unpacking, a member, arithmetic, a piece of a text.
// What only the libraries of others hand over is left alone: their promises may have more members than `then`.
// Example: `const { name } = loadUser();` with an async `loadUser` gives undefined.
#include <algorithm>
#include <array>
#include <string>

#include "advise/work.h"

namespace asyncport::advise {

using ir::kNoNode;
using ir::NodeId;
using ir::NodeKind;

namespace {

// What promises and coroutines have themselves.
constexpr std::array<std::string_view, 9> kOwnMembers = {
    "then",  "catch", "finally",        "constructor", "send",
    "throw", "close", "hasOwnProperty", "toString"};

bool IsOwnMember(std::string_view name) {
  return name.starts_with("cr_") || name.starts_with("__") ||
         std::find(kOwnMembers.begin(), kOwnMembers.end(), name) != kOwnMembers.end();
}

// A call of an async function of the file, `new Promise`, or a promise of the runtime: nothing is added to those.
bool IsBare(const Context& context, NodeId node) {
  const ir::Tree& tree = context.tree;
  if (tree.Is(node, NodeKind::kNew)) return IsAwaitable(context, node);
  if (!IsAwaitable(context, node) || IsTaskCall(context, node)) return false;
  if (const NodeId function = context.facts.CalleeDefinition(node))
    return IsDeclaredAsync(tree, function);
  const std::string path = CalleePath(context, node);
  return path == "fetch" || path.starts_with("Promise.") || path.starts_with("asyncio.");
}

// Is something done to the variable that may give its promise members: `p.cancel = ...`, `Object.assign(p, ...)`?
bool IsExtended(const Context& context, NodeId name) {
  const ir::Tree& tree = context.tree;
  const auto& reads = context.facts.binding(context.facts.BindingOf(name)).reads;
  return std::any_of(reads.begin(), reads.end(), [&](NodeId read) {
    const NodeId up = context.facts.Parent(read);
    if (const auto call = ir::As<ir::Call>(tree, up))
      return CalleePath(context, call.id()).starts_with("Object.") ||
             CalleePath(context, call.id()) == "setattr";
    const auto assign = ir::As<ir::Assign>(tree, context.facts.Parent(up));
    return assign && assign.value() != up;
  });
}

bool IsPlainlyAwaitable(const Context& context, NodeId node) {
  const NodeId held = Held(context, node);
  if (!context.tree.Is(held, NodeKind::kCall) && !context.tree.Is(held, NodeKind::kNew))
    return false;
  return IsBare(context, held) && (held == node || !IsExtended(context, node));
}

void Report(const Context& context, NodeId node, std::string expected) {
  context.out.Report("misused-promise", context.tree.span(node),
                     {{"what", OneLineOf(context, node)}, {"expected", std::move(expected)}});
}

void CheckUnpacking(const Context& context, const ir::Assign& assign) {
  const ir::Tree& tree = context.tree;
  if (assign.targets().size() != 1 || !assign.value()) return;
  const NodeId target = assign.targets()[0];
  if (const auto object = ir::As<ir::ObjectPattern>(tree, target)) {
    for (NodeId id : object.properties()) {
      const auto property = ir::As<ir::PropertyPattern>(tree, id);
      const auto key = ir::As<ir::String>(tree, property ? property.key() : kNoNode);
      if (!key || IsOwnMember(key.value())) return;
    }
  } else if (!tree.Is(target, NodeKind::kListPattern)) {
    return;
  }
  if (IsPlainlyAwaitable(context, assign.value()))
    Report(context, assign.value(), "something to unpack");
}

bool IsLiteral(const ir::Tree& tree, NodeId node) {
  return tree.Is(node, NodeKind::kNumber) || tree.Is(node, NodeKind::kString) ||
         tree.Is(node, NodeKind::kBool);
}

// Operators that may be asked of promises themselves: whether two are one, what one is.
constexpr std::array<ir::BinaryOp, 12> kAsking = {
    ir::BinaryOp::kStrictEq,   ir::BinaryOp::kStrictNe, ir::BinaryOp::kLooseEq,
    ir::BinaryOp::kLooseNe,    ir::BinaryOp::kEq,       ir::BinaryOp::kNe,
    ir::BinaryOp::kIs,         ir::BinaryOp::kIsNot,    ir::BinaryOp::kJsIn,
    ir::BinaryOp::kInstanceOf, ir::BinaryOp::kIn,       ir::BinaryOp::kNotIn};

void CheckArithmetic(const Context& context, const ir::Binary& binary) {
  const bool asks = std::find(kAsking.begin(), kAsking.end(), binary.op()) != kAsking.end();
  for (const auto& [one, other] :
       {std::pair(binary.left(), binary.right()), std::pair(binary.right(), binary.left())}) {
    if (asks && !IsLiteral(context.tree, other)) continue;
    if (IsPlainlyAwaitable(context, one)) return Report(context, one, "a value to compute with");
  }
}

}  // namespace

void CheckMisusedValue(const Context& context, NodeId id) {
  const ir::Tree& tree = context.tree;
  switch (tree.kind(id)) {
    case NodeKind::kAssign:
      return CheckUnpacking(context, ir::Assign(tree, id));
    case NodeKind::kAttribute: {
      const ir::Attribute member(tree, id);
      if (!IsOwnMember(member.name()) && IsPlainlyAwaitable(context, member.object()))
        Report(context, member.object(), "an object with `" + std::string(member.name()) + "`");
      // `names.join(", ")` of `ids.map(async ...)`
      const auto made = ir::As<ir::Call>(tree, Held(context, member.object()));
      if (made && member.name() == "join" && MapsToPromises(context, made))
        Report(context, member.object(), "a list of values: it holds promises");
      return;
    }
    case NodeKind::kSubscript: {
      const NodeId object = ir::Subscript(tree, id).object();
      if (IsPlainlyAwaitable(context, object)) Report(context, object, "something with elements");
      return;
    }
    case NodeKind::kBinary:
      return CheckArithmetic(context, ir::Binary(tree, id));
    case NodeKind::kTemplate:
      for (NodeId part : ir::Template(tree, id).parts()) {
        if (IsPlainlyAwaitable(context, part)) Report(context, part, "a piece of a text");
      }
      return;
    default:
      return;
  }
}

}  // namespace asyncport::advise
