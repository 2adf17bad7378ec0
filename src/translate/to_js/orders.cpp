// Functions of the source that are called in place: keys of a sort, what map and filter apply; and lengths.
// Example: `key=lambda p: (-p.age, p.name)` -> `(a, b) => b.age - a.age || compare(a.name, b.name)`.
#include <algorithm>
#include <utility>

#include "translate/to_js/builtins.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

NodeId LengthOf(Context& c, NodeId id, NodeId origin) {
  if (Only(c, id, kSet | kMap)) {
    NodeId value = c.Expr(id);
    return c.NewAttribute(value, "size", origin);
  }
  if (Only(c, id, kObject)) return Js(c, "Object.keys($D).length", {{"D", c.Expr(id)}}, origin);
  if (NodeId owner = ClassOf(c, id); owner && IsNamedTuple(c, owner))
    return c.NewInt(static_cast<long long>(DataFields(c, owner).size()), origin);
  if (Only(c, id, kIterator)) return c.NewAttribute(ArrayOf(c, id), "length", origin);
  if (c.facts().KindOf(id) == facts::TypeKind::kClass)
    return c.NewAttribute(EnumMembersOf(c, id), "length", origin);
  if (c.IsCallTo(id, "range")) return c.NewAttribute(ArrayOf(c, id), "length", origin);
  unsigned kinds = KindsOf(c, id);
  if (kinds == (kObject | kMap) && c.IsPure(id)) {
    NodeId value = c.Expr(id);
    return Js(c, "$D instanceof Map ? $D.size : Object.keys($D).length", {{"D", value}}, origin);
  }
  bool mixed = (kinds & (kSet | kMap | kObject)) != 0 && (kinds & kUnknown) == 0;
  if (mixed && c.IsPure(id) && (kinds & ~(kArray | kText | kSet | kMap | kObject)) == 0) {
    std::string code;
    if ((kinds & (kArray | kText)) != 0) code += "$D.length ?? ";
    if ((kinds & (kSet | kMap)) != 0) code += "$D.size ?? ";
    if ((kinds & kObject) != 0) return Js(c, code + "Object.keys($D).length", {{"D", c.Expr(id)}}, origin);
    return Js(c, code.substr(0, code.size() - 4), {{"D", c.Expr(id)}}, origin);
  }
  // Nothing is known: the likeliest is a list or text; a dict or set would have no `length`.
  if ((kinds & kUnknown) != 0)
    c.SayOnce("object-or-dict", origin, {{"name", std::string(c.source().Text(c.src().span(id)))}});
  if (mixed)
    c.Say("object-or-dict", origin, {{"name", std::string(c.source().Text(c.src().span(id)))}});
  return c.NewAttribute(c.Expr(id), "length", origin);
}

namespace {

bool DefinesMethod(Context& c, std::string_view name) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    auto method = c.As<Method>(NodeId{i});
    if (method && method.name() == name) return true;
  }
  return false;
}

// What `itemgetter(...)`, `attrgetter(...)` or `methodcaller(...)` gives of one item; kNoNode for any other call.
NodeId AppliedGetter(Context& c, NodeId function, NodeId item, NodeId origin) {
  auto call = c.As<Call>(function);
  std::string maker = call ? c.facts().ResolvedName(call.callee()) : "";
  if (!maker.starts_with("operator.") || call.args().empty()) return kNoNode;
  if (maker == "operator.methodcaller") {
    auto text = c.As<String>(call.args()[0]);
    static constexpr std::pair<std::string_view, std::string_view> kOfText[] = {
        {"upper", "toUpperCase"}, {"lower", "toLowerCase"}, {"strip", "trim"}};
    if (!text || c.src().Is(function, NodeKind::kName)) return kNoNode;
    std::string name;
    for (auto [python, js] : kOfText) {
      if (text.value() == python) name = js;
    }
    // Any other name has to be a method of a class of the file.
    for (std::uint32_t i = 1; i < c.src().size() && name.empty(); ++i) {
      auto method = c.As<Method>(NodeId{i});
      if (method && method.name() == text.value()) name = c.names().Member(text.value(), false);
    }
    if (name.empty()) return kNoNode;
    NodeId method = c.NewAttribute(CopyTarget(c, item), name);
    return c.NewCall(method, c.Exprs(call.args().subspan(1)), origin);
  }
  NodeList parts;
  for (NodeId key : call.args()) {
    auto text = c.As<String>(key);
    if (maker == "operator.itemgetter") {
      auto literal = LiteralInt(c, key);
      // The instances of a NamedTuple have fields here, and no numbers.
      for (std::uint32_t i = 1; i < c.src().size() && !text; ++i) {
        if (c.src().Is(NodeId{i}, NodeKind::kClassDef) && IsNamedTuple(c, NodeId{i}))
          return c.Refuse(function, "tuple-key");
      }
      if (text && IsJsIdentifier(text.value()))
        parts.push_back(c.NewAttribute(CopyTarget(c, item), text.value(), origin));
      else if (literal && *literal < 0)
        parts.push_back(
            Js(c, "$X.at($I)", {{"X", CopyTarget(c, item)}, {"I", c.Expr(key)}}, origin));
      else
        parts.push_back(
            c.New(make::Subscript{.object = CopyTarget(c, item), .index = c.Expr(key)}, origin));
    } else if (maker == "operator.attrgetter" && text) {
      NodeId read = CopyTarget(c, item);
      std::string_view path = text.value();
      while (!path.empty()) {
        std::size_t dot = path.find('.');
        read = c.NewAttribute(read, c.names().Member(path.substr(0, dot), false), origin);
        path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
      }
      parts.push_back(read);
    } else {
      return kNoNode;
    }
  }
  return parts.size() == 1 ? parts[0] : c.New(make::List{.elements = std::move(parts)}, origin);
}

}  // namespace

std::optional<NodeId> TranslateGetter(Context& c, NodeId id) {
  NodeId body = AppliedGetter(c, id, c.NewName("item"), id);
  if (!body) return std::nullopt;
  return Arrow(c, {c.NewName("item")}, body, id);
}

NodeId Apply(Context& c, NodeId function, NodeList args, NodeId origin) {
  if (auto lambda = c.As<Lambda>(function); lambda && lambda.params().size() == args.size()) {
    bool plain = true;
    for (NodeId p : lambda.params())
      plain = plain && c.src().Is(c.As<Param>(p).target(), NodeKind::kName) &&
              !c.As<Param>(p).default_value();
    if (plain) {
      NodeId body = c.Guarded([&] { return c.Expr(lambda.body()); });
      for (std::size_t i = 0; i < args.size(); ++i) {
        std::string name = c.TargetName(c.As<Param>(lambda.params()[i]).target());
        body = CopyTarget(c, body, name, args[i]);
      }
      return body;
    }
  }
  std::string name = c.facts().ResolvedName(function);
  if (args.empty()) {
    if (NodeId made = EmptySynchronizer(c, name, origin)) return made;
  }
  struct Row {
    std::string_view python;
    std::string_view js;
  };
  static constexpr Row kUnary[] = {
      {"len", "$X.length"},
      {"str", "String($X)"},
      {"int", "Math.trunc(Number($X))"},
      {"float", "Number($X)"},
      {"abs", "Math.abs($X)"},
      {"bool", "Boolean($X)"},
      {"str.lower", "$X.toLowerCase()"},
      {"str.upper", "$X.toUpperCase()"},
      {"str#lower", "$X.toLowerCase()"},
      {"str#upper", "$X.toUpperCase()"},
      {"str.strip", "$X.trim()"},
      {"str#strip", "$X.trim()"},
      {"list", "[...$X]"},
      {"tuple", "[...$X]"},
      {"set", "new Set($X)"},
      {"ord", "$X.codePointAt(0)"},
      {"chr", "String.fromCodePoint($X)"},
      {"sum", "$X.reduce((total, value) => total + value, 0)"},
      {"max", "Math.max(...$X)"},
      {"min", "Math.min(...$X)"},
      {"math.sqrt", "Math.sqrt($X)"},
      {"str.title",
       "$X.split(\" \").map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()).join(\" \")"},
  };
  facts::BindingId binding =
      c.src().Is(function, NodeKind::kName) ? c.facts().BindingOf(function) : facts::BindingId{};
  bool local = binding && c.facts().binding(binding).kind != facts::BindingKind::kFree &&
               c.facts().binding(binding).kind != facts::BindingKind::kImport;
  if (args.size() == 1 && !local) {
    for (const Row& row : kUnary) {
      // A class of the file may answer it.
      if (name == "abs" && row.python == name && DefinesMethod(c, "__abs__"))
        return c.Refuse(function, "operator-overloading");
      if (row.python == name) return Js(c, row.js, {{"X", args[0]}}, origin);
    }
    if (name == "repr") return c.NewCall(c.Library("node:util:inspect"), {args[0]}, origin);
    if (name == "sorted")
      return Js(c, "[...$X].sort($F)", {{"X", args[0]}, {"F", Local(c, "compare")}}, origin);
    // `key=lengths.get`
    if (auto attribute = c.As<Attribute>(function); attribute && attribute.name() == "get") {
      if (Only(c, attribute.object(), kMap))
        return Js(c, "$D.get($X)", {{"D", c.Expr(attribute.object())}, {"X", args[0]}}, origin);
      if (Only(c, attribute.object(), kObject))
        return c.New(make::Subscript{.object = c.Expr(attribute.object()), .index = args[0]},
                     origin);
    }
    // operator.itemgetter(1), operator.attrgetter("name")
    if (NodeId got = AppliedGetter(c, function, args[0], origin)) return got;
  }
  if (c.facts().KindOf(function) == facts::TypeKind::kClass)
    return c.New(make::New{.callee = c.Expr(function), .args = std::move(args)}, origin);
  // A bound method: called on its object.
  if (auto attribute = c.As<Attribute>(function); attribute && ClassOf(c, attribute.object())) {
    return c.NewCall(
        c.NewAttribute(c.Expr(attribute.object()), c.names().Member(attribute.name(), false)),
        std::move(args), origin);
  }
  return c.NewCall(c.Expr(function), std::move(args), origin);
}

NodeId Comparator(Context& c, facts::TypeId element, NodeId key, bool reverse) {
  NodeId a = c.NewName(reverse ? "b" : "a");
  NodeId b = c.NewName(reverse ? "a" : "b");
  auto arrow = [&](NodeId body) { return Arrow(c, {c.NewName("a"), c.NewName("b")}, body); };
  if (key) {
    if (c.IsCallTo(key, "functools.cmp_to_key")) {
      NodeId function = c.As<Call>(key).args()[0];
      return reverse ? arrow(Apply(c, function, {a, b}, key)) : c.Expr(function);
    }
    NodeId left = Apply(c, key, {a}, key);
    NodeId right = Apply(c, key, {b}, key);
    auto one = [&](NodeId l, NodeId r, NodeId source) -> NodeId {
      // `-n`: the other way round.
      auto negated_l = ir::As<Unary>(c.dst(), l);
      auto negated_r = ir::As<Unary>(c.dst(), r);
      if (negated_l && negated_r && negated_l.op() == UnaryOp::kNeg) {
        return c.New(
            make::Binary{
                .left = negated_r.operand(), .right = negated_l.operand(), .op = BinaryOp::kSub},
            {});
      }
      auto attribute = ir::As<Attribute>(c.dst(), l);
      bool number =
          (source && Only(c, source, kNumber)) || (attribute && attribute.name() == "length");
      if (number) return c.New(make::Binary{.left = l, .right = r, .op = BinaryOp::kSub}, {});
      return c.NewCall(Local(c, "compare"), {l, r});
    };
    auto lambda = c.As<Lambda>(key);
    auto left_list = ir::As<ir::List>(c.dst(), left);
    auto right_list = ir::As<ir::List>(c.dst(), right);
    if (left_list && right_list && lambda && left_list.elements().size() > 0) {
      auto sources = c.As<Tuple>(lambda.body());
      NodeList ls(left_list.elements().begin(), left_list.elements().end());
      NodeList rs(right_list.elements().begin(), right_list.elements().end());
      NodeId result;
      for (std::size_t i = 0; i < ls.size(); ++i) {
        NodeId order = one(ls[i], rs[i], sources ? sources.elements()[i] : kNoNode);
        result =
            result ? c.New(make::Logical{.left = result, .right = order, .op = LogicalOp::kOr}, {})
                   : order;
      }
      return arrow(result);
    }
    return arrow(one(left, right, lambda ? lambda.body() : kNoNode));
  }
  unsigned kinds = KindsOf(c, element);
  if (kinds == kNumber)
    return arrow(c.New(make::Binary{.left = a, .right = b, .op = BinaryOp::kSub}, {}));
  if (kinds == kText && !reverse) return kNoNode;
  if (NodeId owner = ClassOf(c, element)) {
    if (IsNamedTuple(c, owner) && !FindMethod(c, owner, "__lt__")) {
      return arrow(Js(c, "$F(Object.values($A), Object.values($B))",
                      {{"F", Local(c, "compare")}, {"A", a}, {"B", b}}));
    }
    if (HasOrder(c, owner)) {
      NodeId less = c.NewCall(c.NewAttribute(a, DunderName("__lt__")), {b});
      NodeId more =
          c.NewCall(c.NewAttribute(CopyTarget(c, b), DunderName("__lt__")), {CopyTarget(c, a)});
      return arrow(Js(c, "$L ? -1 : Number($M)", {{"L", less}, {"M", more}}));
    }
  }
  if (reverse) return arrow(c.NewCall(Local(c, "compare"), {a, b}));
  return Local(c, "compare");
}

NodeId EitherOrder(Context& c, NodeId order, NodeId reverse) {
  if (!order) order = Local(c, "compare");
  NodeId ascending = CopyTarget(c, order);
  NodeId descending = c.NewCall(order, {c.NewName("b"), c.NewName("a")});
  return c.New(
      make::Conditional{.test = Condition(c, reverse),
                        .then_value = Arrow(c, {c.NewName("a"), c.NewName("b")}, descending),
                        .else_value = ascending},
      reverse);
}

}  // namespace asyncport::translate::to_js
