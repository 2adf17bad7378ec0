// Expressions that hardly mean what they say, as the catalogue of docs/semantics knows them: comparing with a fresh
// object, `a < b < c` and `x in list` in JavaScript, sorting numbers as texts, values that `list.sort()` does not give.
// Types decide, not spelling: what is not known to be a list is left alone.
// Example: `[10, 9, 1].sort()` is a lexicographic-sort.
#include <algorithm>
#include <array>
#include <string>

#include "advise/work.h"

namespace asyncport::advise {

using facts::TypeKind;
using ir::BinaryOp;
using ir::kNoNode;
using ir::NodeId;
using ir::NodeKind;

namespace {

bool IsOrder(BinaryOp op) {
  return op == BinaryOp::kLt || op == BinaryOp::kLe || op == BinaryOp::kGt || op == BinaryOp::kGe;
}

// An object that nothing else can be: a literal, a function, `new X()`.
bool IsFreshObject(const ir::Tree& tree, NodeId node) {
  const NodeKind kind = tree.kind(node);
  return kind == NodeKind::kList || kind == NodeKind::kDict || kind == NodeKind::kFunctionExpr ||
         kind == NodeKind::kLambda || kind == NodeKind::kNew || kind == NodeKind::kRegex;
}

bool HoldsNumbers(const Context& context, NodeId list) {
  const facts::Type& type = context.facts.type(context.facts.TypeOf(list));
  if (type.kind != TypeKind::kList) return false;
  const TypeKind element = context.facts.type(type.element).kind;
  return element == TypeKind::kInt || element == TypeKind::kFloat;
}

std::string_view TextOf(const Context& context, NodeId node) {
  return context.source.Text(context.tree.span(node));
}

// `xs.splice(xs.indexOf(x), 1)` where nothing around asks whether x is there.
void CheckSplice(const Context& context, const ir::Call& call, NodeId object) {
  const ir::Tree& tree = context.tree;
  const auto count =
      call.args().size() == 2 ? ir::As<ir::Number>(tree, call.args()[1]) : ir::Number();
  if (!count || count.text() != "1") return;
  const auto found = ir::As<ir::Call>(tree, call.args()[0]);
  const auto asked = ir::As<ir::Attribute>(tree, found ? found.callee() : kNoNode);
  if (!asked || (asked.name() != "indexOf" && asked.name() != "findIndex")) return;
  const std::string_view list = TextOf(context, object);
  if (TextOf(context, asked.object()) != list) return;
  // Any condition that speaks of the list, or of what is looked for, may have made sure.
  const std::string_view item =
      found.args().empty() ? std::string_view() : TextOf(context, found.args()[0]);
  for (NodeId up = context.facts.Parent(call.id()); up; up = context.facts.Parent(up)) {
    NodeId test;
    if (const auto branch = ir::As<ir::If>(tree, up)) test = branch.test();
    if (const auto loop = ir::As<ir::While>(tree, up)) test = loop.test();
    if (const auto choice = ir::As<ir::Conditional>(tree, up)) test = choice.test();
    if (const auto logical = ir::As<ir::Logical>(tree, up)) test = logical.left();
    if (tree.Is(up, NodeKind::kForEach) || tree.Is(up, NodeKind::kCFor)) return;
    if (test && (TextOf(context, test).find(list) != std::string_view::npos ||
                 (!item.empty() && TextOf(context, test).find(item) != std::string_view::npos)))
      return;
    // `items.push(item); return () => items.splice(items.indexOf(item), 1);`
    if (IsFunctionKind(tree.kind(up)) && !item.empty() &&
        TextOf(context, up).find(std::string(list) + ".push(" + std::string(item) + ")") !=
            std::string_view::npos)
      return;
  }
  context.out.Report("remove-missing-item", tree.span(call.id()));
}

// `print("%d items", n)`
void CheckPrint(const Context& context, const ir::Call& call) {
  const ir::Tree& tree = context.tree;
  const auto text = ir::As<ir::String>(tree, call.args()[0]);
  if (!text || call.args().size() < 2 || tree.Is(call.args()[1], NodeKind::kKeyword)) return;
  const std::string_view value = text.value();
  for (std::size_t at = 0; at + 1 < value.size(); ++at) {
    if (value[at] != '%' || std::string_view("sdfr").find(value[at + 1]) == value.npos) continue;
    // "100%done", "%%d": no place for a value.
    const char before = at > 0 ? value[at - 1] : ' ';
    if (before == '%' || (before >= '0' && before <= '9')) continue;
    context.out.Report("console-log-format", tree.span(call.id()));
    return;
  }
}

// Does somebody want the value of the expression?
bool IsWanted(const Context& context, NodeId node) {
  const NodeKind up = context.tree.kind(context.facts.Parent(node));
  return up != NodeKind::kExprStmt && up != NodeKind::kLambda && up != NodeKind::kLogical &&
         up != NodeKind::kTuple && up != NodeKind::kConditional;
}

// A regex with `g` or `y` that is kept outside of the function, and whose `lastIndex` nobody looks after.
bool IsSharedWithState(const Context& context, NodeId object, NodeId call) {
  const ir::Tree& tree = context.tree;
  const auto regex = ir::As<ir::Regex>(tree, Held(context, object));
  if (!regex || regex.id() == object) return false;
  const std::string_view flags = regex.text().substr(regex.text().rfind('/') + 1);
  if (flags.find_first_of("gy") == std::string_view::npos) return false;
  if (context.facts.EnclosingFunction(regex.id()) == context.facts.EnclosingFunction(call) &&
      !context.facts.EnclosingLoop(call))
    return false;
  const auto& reads = context.facts.binding(context.facts.BindingOf(object)).reads;
  return std::all_of(reads.begin(), reads.end(), [&](NodeId read) {
    const auto member = ir::As<ir::Attribute>(tree, context.facts.Parent(read));
    return !member || (member.name() != "lastIndex" && member.name() != "exec");
  });
}

}  // namespace

void CheckComparison(const Context& context, NodeId id) {
  const ir::Tree& tree = context.tree;
  if (tree.language() != Language::kJs) return;
  const ir::Binary binary(tree, id);
  switch (binary.op()) {
    case BinaryOp::kStrictEq:
    case BinaryOp::kStrictNe:
      if (IsFreshObject(tree, binary.left()) || IsFreshObject(tree, binary.right()))
        context.out.Report("reference-equality", tree.span(id));
      return;
    case BinaryOp::kLt:
    case BinaryOp::kLe:
    case BinaryOp::kGt:
    case BinaryOp::kGe: {
      const auto first = ir::As<ir::Binary>(tree, binary.left());
      // With parentheses it is meant.
      if (!first || !IsOrder(first.op()) || TextOf(context, id).starts_with('(')) return;
      context.out.Report("chained-comparison", tree.span(id));
      return;
    }
    case BinaryOp::kJsIn:
      if (context.facts.Only(binary.right(), {TypeKind::kList}) &&
          context.facts.Only(binary.left(), {TypeKind::kStr}) &&
          !(tree.Is(binary.left(), NodeKind::kString) &&
            ir::String(tree, binary.left()).value() == "length"))
        context.out.Report("in-operator-meaning", tree.span(id));
      return;
    default:
      return;
  }
}

void CheckForIn(const Context& context, NodeId id) {
  const ir::ForIn loop(context.tree, id);
  if (!context.facts.Only(loop.object(), {TypeKind::kList})) return;
  context.out.Report("for-in-array", context.tree.span(loop.object()));
}

void CheckMethodValue(const Context& context, NodeId id) {
  const ir::Tree& tree = context.tree;
  const ir::Call call(tree, id);
  if (tree.language() == Language::kPy && !call.args().empty() &&
      tree.Is(call.callee(), NodeKind::kName) && CalleePath(context, id) == "print")
    return CheckPrint(context, call);
  const auto method = ir::As<ir::Attribute>(tree, call.callee());
  if (!method) return;
  const std::string_view name = method.name();
  if (tree.language() == Language::kPy) {
    if ((name == "sort" || name == "reverse") && IsWanted(context, id) &&
        context.facts.Only(method.object(), {TypeKind::kList}))
      context.out.Report("sort-returns-none", tree.span(id));
    return;
  }
  if ((name == "sort" || name == "toSorted") && call.args().empty()) {
    if (!HoldsNumbers(context, method.object())) return;
    diag::Diagnostic& found = context.out.Report("lexicographic-sort", tree.span(id));
    const std::uint32_t close = tree.span(id).end - 1;
    found.fixes.push_back(
        {"Compare numbers", {{{close, close}, "(a, b) => a - b"}}, diag::Applicability::kUnsafe});
  } else if (name == "splice") {
    CheckSplice(context, call, method.object());
  } else if (name == "test" && tree.Is(method.object(), NodeKind::kName) &&
             IsSharedWithState(context, method.object(), id)) {
    context.out.Report("regex-lastindex", tree.span(id));
  }
}

}  // namespace asyncport::advise
