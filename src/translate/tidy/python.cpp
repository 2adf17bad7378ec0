// The rules for Python. Each takes one node whose children are tidy and gives the shorter form, or the node itself.
#include "translate/tidy/python.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "ir/make.h"
#include "ir/rebuild.h"
#include "ir/views.h"
#include "translate/tidy/nodes.h"

namespace asyncport::translate::tidy {

using namespace ir;

namespace {

// The one argument of `name(argument)`, where nothing else is passed.
NodeId OnlyArgument(const Tree& tree, NodeId id, std::string_view name) {
  auto call = As<Call>(tree, id);
  const bool fits = call && IsNamed(tree, call.callee(), name) && call.args().size() == 1 &&
                    IsExpr(tree, call.args()[0]);
  return fits ? call.args()[0] : kNoNode;
}

// f"{name}: {f'{price:.2f}'}" -> f"{name}: {price:.2f}"; f"{str(n)}" -> f"{n}"
NodeId WithoutNestedTexts(Tree& tree, NodeId id) {
  NodeList parts;
  bool changed = false;
  for (NodeId part : Template(tree, id).parts()) {
    auto inner = As<Template>(tree, part);
    if (!inner || inner.is_multiline()) {
      const NodeId shown = OnlyArgument(tree, part, "str");
      changed = changed || shown;
      parts.push_back(shown ? shown : part);
      continue;
    }
    parts.insert(parts.end(), inner.parts().begin(), inner.parts().end());
    changed = true;
  }
  return changed ? Rebuild(tree, id, {std::move(parts)}) : id;
}

// f"text" -> "text"
NodeId PlainText(Tree& tree, NodeId id) {
  Template text(tree, id);
  if (text.parts().empty()) return id;
  std::string value;
  for (NodeId part : text.parts()) {
    if (!tree.Is(part, NodeKind::kString)) return id;
    value += tree.text(part);
  }
  const bool is_multiline = text.is_multiline();
  return Make(tree, make::String{.value = value, .is_multiline = is_multiline}, tree.span(id),
              tree.origin(id));
}

NodeId TidyText(Tree& tree, NodeId id) { return PlainText(tree, WithoutNestedTexts(tree, id)); }

// {**a, **{"b": 1}} -> {**a, "b": 1}
NodeId WithoutNestedDisplays(Tree& tree, NodeId id) {
  NodeList entries;
  bool changed = false;
  for (NodeId entry : Dict(tree, id).entries()) {
    auto spread = As<Spread>(tree, entry);
    auto inner = spread ? As<Dict>(tree, spread.value()) : Dict{};
    if (!inner) {
      entries.push_back(entry);
      continue;
    }
    entries.insert(entries.end(), inner.entries().begin(), inner.entries().end());
    changed = true;
  }
  return changed ? Rebuild(tree, id, {std::move(entries)}) : id;
}

// What is read once, from start to end, needs no list: [f(x) for x in xs] -> (f(x) for x in xs); list(xs) -> xs
NodeId ReadOnce(Tree& tree, NodeId id) {
  if (NodeId inner = OnlyArgument(tree, id, "list")) return inner;
  if (auto call = As<Call>(tree, id); call && IsNamed(tree, call.callee(), "map") &&
                                      call.args().size() == 2 &&
                                      IsNamed(tree, call.args()[0], "str")) {
    // map(str, [f(x) for x in xs]) -> (str(f(x)) for x in xs)
    if (auto made = As<Comprehension>(tree, call.args()[1]);
        made && made.kind() == ComprehensionKind::kList) {
      const NodeId shown =
          Make(tree, make::Call{.callee = call.args()[0], .args = {made.element()}}, {});
      return ReadOnce(tree, WithSlot(tree, call.args()[1], slots::Comprehension::element, {shown}));
    }
    NodeId inner = OnlyArgument(tree, call.args()[1], "list");
    return inner ? WithSlot(tree, id, slots::Call::args, {call.args()[0], inner}) : id;
  }
  auto made = As<Comprehension>(tree, id);
  // An await would make an asynchronous generator of it; a generator may not raise StopIteration.
  if (!made || made.kind() != ComprehensionKind::kList || Contains(tree, id, NodeKind::kAwait) ||
      Mentions(tree, id, "next"))
    return id;
  for (NodeId clause : made.clauses()) {
    if (auto loop = As<CompFor>(tree, clause); loop && loop.is_async()) return id;
  }
  return Rebuilt(tree, id, SlotsOf(tree, id),
                 static_cast<std::uint8_t>(ComprehensionKind::kGenerator));
}

// print(" ".join(map(str, xs))) -> print(*xs); print(str(x)) -> print(x)
NodeId ShorterPrint(Tree& tree, NodeId id) {
  Call call(tree, id);
  NodeList args(call.args().begin(), call.args().end());
  bool changed = false;
  for (NodeId& arg : args) {
    NodeId shown = OnlyArgument(tree, arg, "str");
    if (!shown) continue;
    arg = shown;
    changed = true;
  }
  if (args.size() == 1) {
    auto joined = As<Call>(tree, args[0]);
    auto method = joined ? As<Attribute>(tree, joined.callee()) : Attribute();
    auto separator = method ? As<String>(tree, method.object()) : String();
    auto shown = separator && joined.args().size() == 1 ? As<Call>(tree, joined.args()[0]) : Call();
    if (shown && method.name() == "join" && separator.value() == " " &&
        IsNamed(tree, shown.callee(), "map") && shown.args().size() == 2 &&
        IsNamed(tree, shown.args()[0], "str")) {
      args[0] = Make(tree, make::Spread{.value = shown.args()[1]}, tree.span(args[0]),
                     tree.origin(args[0]));
      changed = true;
    }
  }
  return changed ? WithSlot(tree, id, slots::Call::args, std::move(args)) : id;
}

// sorted(list(x)) -> sorted(x); iter(iter(x)) -> iter(x); d.get(k, None) -> d.get(k)
NodeId ShorterCall(Tree& tree, NodeId id) {
  Call call(tree, id);
  if (IsNamed(tree, call.callee(), "print")) return ShorterPrint(tree, id);
  NodeList args(call.args().begin(), call.args().end());
  if (args.empty()) return id;
  auto method = As<Attribute>(tree, call.callee());
  static constexpr std::string_view kReadOnce[] = {"sorted", "sum", "max",      "min",
                                                   "tuple",  "set", "frozenset"};
  bool reads_once = method && method.name() == "join" &&
                    tree.Is(method.object(), NodeKind::kString) && args.size() == 1;
  for (std::string_view name : kReadOnce)
    reads_once = reads_once || IsNamed(tree, call.callee(), name);
  for (NodeId more : std::span(args).subspan(1))
    reads_once = reads_once && tree.Is(more, NodeKind::kKeyword);
  if (reads_once) {
    const NodeId shorter = ReadOnce(tree, args[0]);
    if (shorter == args[0]) return id;
    args[0] = shorter;
  } else if (NodeId inner = OnlyArgument(tree, id, "iter")) {
    return OnlyArgument(tree, inner, "iter") ? inner : id;
  } else {
    // The author's own argument stays: `get` may be anybody's.
    if (!method || method.name() != "get" || args.size() != 2 ||
        !tree.Is(args[1], NodeKind::kNull) || tree.origin(args[1]))
      return id;
    args.pop_back();
  }
  return WithSlot(tree, id, slots::Call::args, std::move(args));
}

// `x == 1`, `x in (1, 2)` made of such: what is compared and with which literals.
struct Choice {
  NodeId subject;
  NodeList literals;
};

bool IsLiteral(const Tree& tree, NodeId id) {
  return tree.Is(id, NodeKind::kString) || tree.Is(id, NodeKind::kNumber);
}

std::optional<Choice> ChoiceIn(const Tree& tree, NodeId id, BinaryOp equal, BinaryOp in) {
  auto test = As<Binary>(tree, id);
  if (!test) return std::nullopt;
  if (test.op() == equal && IsLiteral(tree, test.right()))
    return Choice{test.left(), {test.right()}};
  auto among = test.op() == in ? As<Tuple>(tree, test.right()) : Tuple();
  if (!among || tree.origin(test.right())) return std::nullopt;
  return Choice{test.left(), NodeList(among.elements().begin(), among.elements().end())};
}

// x == "(" or x == ")" -> x in ("(", ")")
NodeId OneMembership(Tree& tree, NodeId id) {
  Logical chain(tree, id);
  const bool is_or = chain.op() == LogicalOp::kOr;
  if (!is_or && chain.op() != LogicalOp::kAnd) return id;
  const BinaryOp equal = is_or ? BinaryOp::kEq : BinaryOp::kNe;
  const BinaryOp in = is_or ? BinaryOp::kIn : BinaryOp::kNotIn;
  // In `(a or x == 1) or x == 2` the neighbour is the right side of the left side.
  auto before = As<Logical>(tree, chain.left());
  const bool is_chain = before && before.op() == chain.op();
  const NodeId neighbour = is_chain ? before.right() : chain.left();
  auto first = ChoiceIn(tree, neighbour, equal, in);
  auto second = ChoiceIn(tree, chain.right(), equal, in);
  if (!first || !second || !IsSamePath(tree, first->subject, second->subject)) return id;
  NodeList literals = first->literals;
  literals.insert(literals.end(), second->literals.begin(), second->literals.end());
  const NodeId among =
      Make(tree, make::Tuple{.elements = std::move(literals), .is_parenthesised = true}, {});
  const NodeId test = Make(tree, make::Binary{.left = first->subject, .right = among, .op = in},
                           tree.span(neighbour), tree.origin(neighbour));
  if (!is_chain) return test;
  return Make(tree, make::Logical{.left = before.left(), .right = test, .op = chain.op()},
              tree.span(id), tree.origin(id));
}

// isinstance(x, dict) and x is not None -> isinstance(x, dict)
NodeId WithoutSecondNoneTest(Tree& tree, NodeId id) {
  Logical chain(tree, id);
  const bool is_and = chain.op() == LogicalOp::kAnd;
  if (!is_and && chain.op() != LogicalOp::kOr) return id;
  const NodeId sides[] = {chain.left(), chain.right()};
  for (int i : {0, 1}) {
    NodeId test = sides[i];
    if (auto negated = As<Unary>(tree, test); !is_and) {
      if (!negated || negated.op() != UnaryOp::kNot) continue;
      test = negated.operand();
    }
    auto call = As<Call>(tree, test);
    auto none = As<Binary>(tree, sides[1 - i]);
    const BinaryOp asked = is_and ? BinaryOp::kIsNot : BinaryOp::kIs;
    if (!call || !none || none.op() != asked || !tree.Is(none.right(), NodeKind::kNull) ||
        !IsNamed(tree, call.callee(), "isinstance") || call.args().empty())
      continue;
    if (tree.Is(none.left(), NodeKind::kName) &&
        IsNamed(tree, call.args()[0], tree.text(none.left())))
      return sides[i];
  }
  return id;
}

NodeId TidyLogical(Tree& tree, NodeId id) {
  const NodeId shorter = WithoutSecondNoneTest(tree, id);
  return tree.Is(shorter, NodeKind::kLogical) ? OneMembership(tree, shorter) : shorter;
}

// getattr(x, "a", None) if x is not None else None -> getattr(x, "a", None); x if x is not None else None -> x
NodeId WithoutNeedlessTest(Tree& tree, NodeId id) {
  Conditional choice(tree, id);
  auto test = As<Binary>(tree, choice.test());
  if (!test || test.op() != BinaryOp::kIsNot || !tree.Is(test.right(), NodeKind::kNull) ||
      !tree.Is(choice.else_value(), NodeKind::kNull) || !tree.Is(test.left(), NodeKind::kName))
    return id;
  const std::string_view tested = tree.text(test.left());
  if (IsNamed(tree, choice.then_value(), tested)) return choice.then_value();
  auto call = As<Call>(tree, choice.then_value());
  const bool is_lenient =
      call && call.args().size() == 3 && IsNamed(tree, call.callee(), "getattr") &&
      tree.Is(call.args()[2], NodeKind::kNull) && IsNamed(tree, call.args()[0], tested);
  return is_lenient ? choice.then_value() : id;
}

}  // namespace

NodeId PythonRules::Apply(NodeId id) {
  switch (tree_.kind(id)) {
    case NodeKind::kTemplate:
      return TidyText(tree_, id);
    case NodeKind::kDict:
      return WithoutNestedDisplays(tree_, id);
    case NodeKind::kCall:
      return ShorterCall(tree_, id);
    case NodeKind::kLogical:
      return TidyLogical(tree_, id);
    case NodeKind::kConditional:
      return WithoutNeedlessTest(tree_, id);
    default:
      return id;
  }
}

}  // namespace asyncport::translate::tidy
