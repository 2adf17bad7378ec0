// Assignments: declarations, several targets, unpacking, augmented assignment, del, assert.
// Example: `first, *rest = xs` -> `const [first, ...rest] = xs;`; `counts[w] += 1` on a Map -> `counts.set(w, ...)`.
#include <algorithm>
#include <utility>

#include "translate/to_js/divisions.h"
#include "translate/to_js/class_parts.h"
#include "translate/to_js/declare.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

bool IsIgnored(Context& c, NodeId name) {
  if (!c.src().Is(name, NodeKind::kName) || c.src().text(name) != "_") return false;
  facts::BindingId binding = c.facts().BindingOf(name);
  return !binding || c.facts().binding(binding).reads.empty();
}

// Position of a `*rest` that is not last, or npos.
std::size_t StarInside(Context& c, NodeId pattern) {
  auto list = c.As<ListPattern>(pattern);
  if (!list) return std::string::npos;
  for (std::size_t i = 0; i + 1 < list.elements().size(); ++i) {
    if (c.src().Is(list.elements()[i], NodeKind::kRestPattern)) return i;
  }
  return std::string::npos;
}

// Can JavaScript's destructuring take the place: no Map element, no star in the middle, at any depth?
bool IsPlainPattern(Context& c, NodeId target) {
  switch (c.src().kind(target)) {
    case NodeKind::kName: case NodeKind::kAttribute:
      return true;
    case NodeKind::kSubscript:
      return Only(c, c.As<Subscript>(target).object(), kArray | kObject) && !c.src().Is(c.As<Subscript>(target).index(), NodeKind::kSlice);
    case NodeKind::kListPattern: {
      if (StarInside(c, target) != std::string::npos) return false;
      bool plain = true;
      c.src().ForEachChild(target, [&](NodeId child) { plain = plain && IsPlainPattern(c, child); });
      return plain;
    }
    case NodeKind::kRestPattern: {
      NodeId inner = c.As<RestPattern>(target).target();
      return !inner || IsPlainPattern(c, inner);
    }
    default:
      return false;
  }
}

void DeclareLoose(Context& c, const Declaration& declaration) {
  for (NodeId name : declaration.loose) {
    c.HoistDefinition(c.NewAssign(c.NewName(c.TargetName(name)), kNoNode, {}, DeclKind::kLet));
  }
}

std::size_t ExactLength(Context& c, NodeId pattern) {
  auto list = c.As<ListPattern>(pattern);
  if (!list) return 0;
  for (NodeId e : list.elements()) {
    if (c.src().Is(e, NodeKind::kRestPattern)) return 0;
  }
  return list.elements().size();
}

NodeId Temporary(Context& c, NodeId value, std::string_view hint, NodeId origin) {
  if (c.dst().Is(value, NodeKind::kName)) return value;
  std::string name = c.names().Fresh(hint);
  c.HoistEffect(c.NewAssign(c.NewName(name), value, {}, DeclKind::kConst), origin);
  return c.NewName(name);
}

// `first, *middle, last = xs`: by position.
void UnpackAroundStar(Context& c, NodeId pattern, NodeId value, NodeId origin, NodeList& out) {
  auto elements = c.As<ListPattern>(pattern).elements();
  std::size_t star = StarInside(c, pattern);
  NodeId items = Temporary(c, value, "items", origin);
  std::size_t after = elements.size() - star - 1;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    NodeId target = elements[i];
    NodeId part;
    if (i < star) {
      part = Js(c, "$X[$I]", {{"X", CopyTarget(c, items)}, {"I", c.NewInt(static_cast<long long>(i))}});
    } else if (i == star) {
      target = c.As<RestPattern>(target).target();
      part = Js(c, "$X.slice($I, $J)", {{"X", CopyTarget(c, items)}, {"I", c.NewInt(static_cast<long long>(star))}, {"J", c.NewInt(-static_cast<long long>(after))}});
    } else {
      part = Js(c, "$X.at($I)", {{"X", CopyTarget(c, items)}, {"I", c.NewInt(static_cast<long long>(i) - static_cast<long long>(elements.size()))}});
    }
    if (target && !IsIgnored(c, target)) AssignTo(c, target, part, {}, out);
  }
}

// `xs[1:3] = ys`, `del xs[a:b]` -> splice.
NodeId Splice(Context& c, Subscript target, NodeId items, NodeId origin) {
  auto slice = c.As<Slice>(target.index());
  if (slice.step()) return c.Refuse(origin, "untranslated", {{"reason", "slice assignment with a step"}});
  NodeId list = c.Expr(target.object());
  NodeId lower = slice.lower() ? c.Expr(slice.lower()) : c.NewInt(0);
  NodeList args{lower};
  if (slice.upper()) {
    auto low = slice.lower() ? LiteralInt(c, slice.lower()) : std::optional<long long>(0);
    auto high = LiteralInt(c, slice.upper());
    if (low && high && *low >= 0 && *high >= *low) {
      args.push_back(c.NewInt(*high - *low));
    } else if (slice.lower() == kNoNode) {
      args.push_back(c.Expr(slice.upper()));
    } else {
      args.push_back(Js(c, "$B - $A", {{"B", c.Expr(slice.upper())}, {"A", CopyTarget(c, lower)}}));
    }
  } else if (items) {
    args.push_back(Js(c, "$X.length", {{"X", CopyTarget(c, list)}}));
  }
  if (items) args.push_back(c.New(make::Spread{.value = items}, {}));
  return c.NewCall(c.NewAttribute(list, "splice"), std::move(args), origin);
}

// Names, numbers and what is calculated of them: the same each time.
bool IsSimple(Context& c, NodeId id) {
  if (auto binary = c.As<Binary>(id)) return IsSimple(c, binary.left()) && IsSimple(c, binary.right());
  return c.IsPure(id);
}

// `flags[4::2] = [False] * n` -> a loop over the places.
bool AssignStepped(Context& c, Subscript place, NodeId value, NodeId origin, NodeList& out) {
  auto slice = c.As<Slice>(place.index());
  if (!slice || !slice.step() || !Only(c, place.object(), kArray | kBytes)) return false;
  auto literal = LiteralInt(c, slice.step());
  const bool forward = literal ? *literal > 0 : IsNonNegative(c, slice.step());
  const bool from_start = !slice.lower() || IsNonNegative(c, slice.lower());
  const bool to_end = !slice.upper() || IsNonNegative(c, slice.upper());
  const bool pure = c.IsPure(place.object()) && c.IsPure(slice.step()) && (!slice.lower() || IsSimple(c, slice.lower()));
  if (!forward || !from_start || !to_end || !pure) return false;
  const std::string name = c.names().Fresh("i");
  auto index = [&] { return c.NewName(name); };
  auto lower = [&] { return slice.lower() ? c.Expr(slice.lower()) : c.NewInt(0); };
  // One value for all places, or one from a list for each.
  auto assign = c.As<Assign>(origin);
  auto repeated = assign && assign.value() ? c.As<Binary>(assign.value()) : Binary();
  auto one = repeated && repeated.op() == BinaryOp::kMul ? c.As<List>(repeated.left()) : List();
  NodeId item;
  if (one && one.elements().size() == 1 && c.IsPure(one.elements()[0])) {
    item = c.Expr(one.elements()[0]);
  } else {
    const std::string values = c.names().Fresh("values");
    out.push_back(c.NewAssign(c.NewName(values), value, {}, DeclKind::kConst));
    item = Js(c, "$V[($I - $L) / $S]", {{"V", c.NewName(values)}, {"I", index()}, {"L", lower()}, {"S", c.Expr(slice.step())}});
    if (!slice.lower()) item = Js(c, "$V[$I / $S]", {{"V", c.NewName(values)}, {"I", index()}, {"S", c.Expr(slice.step())}});
  }
  NodeId length = c.NewAttribute(c.Expr(place.object()), "length");
  NodeId end = slice.upper() ? Js(c, "Math.min($E, $N)", {{"E", c.Expr(slice.upper())}, {"N", length}}) : length;
  NodeId element = c.New(make::Subscript{.object = c.Expr(place.object()), .index = index()}, {});
  out.push_back(c.New(make::CFor{.init = c.NewAssign(index(), lower(), {}, DeclKind::kLet),
                                 .test = c.New(make::Binary{.left = index(), .right = end, .op = BinaryOp::kLt}, {}),
                                 .update = c.New(make::AugAssign{.target = index(), .value = c.Expr(slice.step()), .op = BinaryOp::kAdd}, {}),
                                 .body = c.NewBlock({c.NewAssign(element, item)})},
                      origin));
  return true;
}

void AssignElement(Context& c, NodeId target, NodeId value, NodeId origin, NodeList& out) {
  auto place = c.As<Subscript>(target);
  if (AssignStepped(c, place, value, origin, out)) return;
  if (c.src().Is(place.index(), NodeKind::kSlice)) {
    out.push_back(c.NewExprStmt(Splice(c, place, value, origin), origin));
    return;
  }
  if (IsMapPlace(c, target)) {
    out.push_back(c.NewExprStmt(Js(c, "$D.set($K, $V)", {{"D", c.Expr(place.object())}, {"K", KeyOf(c, place.index())}, {"V", value}}, origin), origin));
    return;
  }
  if (NodeId owner = ClassOf(c, place.object()); owner && FindMethod(c, owner, "__setitem__")) {
    out.push_back(c.NewExprStmt(Js(c, "$D.set($K, $V)", {{"D", c.Expr(place.object())}, {"K", c.Expr(place.index())}, {"V", value}}, origin), origin));
    return;
  }
  out.push_back(c.NewAssign(TargetPattern(c, target), value, origin));
}

// `a = b = value`: evaluated once, given to the targets from left to right; a name first that the patterns can read.
void TranslateChain(Context& c, Assign assign, NodeList& out) {
  NodeList targets(assign.targets().begin(), assign.targets().end());
  auto named = std::find_if(targets.begin(), targets.end(), [&](NodeId t) {
    facts::BindingId binding = c.src().Is(t, NodeKind::kName) ? c.facts().BindingOf(t) : facts::BindingId();
    return binding && c.facts().binding(binding).writes.size() == 1;
  });
  bool unpacks = std::any_of(targets.begin(), targets.end(), [&](NodeId t) { return c.src().Is(t, NodeKind::kListPattern); });
  if (unpacks && named != targets.end()) std::rotate(targets.begin(), named, named + 1);
  NodeId value = c.Expr(assign.value());
  NodeKind kind = c.src().kind(assign.value());
  bool repeat = c.IsPure(assign.value()) && kind != NodeKind::kList && kind != NodeKind::kDict && kind != NodeKind::kSetLit && kind != NodeKind::kTuple;
  if (!repeat && c.src().Is(targets[0], NodeKind::kListPattern)) value = Temporary(c, value, "values", assign.id());
  for (std::size_t i = 0; i < targets.size(); ++i) {
    AssignTo(c, targets[i], i == 0 ? value : CopyTarget(c, value), i == 0 ? assign.id() : kNoNode, out);
    if (i > 0 || repeat || c.src().Is(targets[0], NodeKind::kListPattern)) continue;
    value = c.src().Is(targets[0], NodeKind::kName) ? c.NewName(c.TargetName(targets[0])) : c.Expr(targets[0]);
  }
}

bool TranslateAssign(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  if (!assign.value()) {
    c.Absorb(id);  // `x: int`: declared where it gets a value
    return true;
  }
  auto targets = assign.targets();
  NodeId only = targets.size() == 1 ? targets[0] : kNoNode;
  if (only && c.src().Is(only, NodeKind::kName) && !ClassOfVariable(c, only)) {
    DeclKind kind = DeclaredAt(c, only);
    std::string name = c.TargetName(only);
    NodeKind value_kind = c.src().kind(assign.value());
    if (value_kind == NodeKind::kComprehension && NeedsLoop(c, assign.value()) && kind != DeclKind::kNone) {
      FillByLoop(c, assign.value(), name, kind, out);
      if (!out.empty()) c.dst().set_origin(out.front(), id);
      return true;
    }
    if (name == "__all__" || name == "__version__") {
      c.Absorb(id);
      return true;
    }
    out.push_back(c.NewAssign(c.NewName(name, only), c.Expr(assign.value()), id, kind));
    return true;
  }
  // `a, b = 1, 2` of new names: one declaration each.
  auto pattern = only ? c.As<ListPattern>(only) : ListPattern();
  auto tuple = c.As<Tuple>(assign.value());
  if (pattern && tuple && ExactLength(c, only) == tuple.elements().size()) {
    bool simple = true;
    for (std::size_t i = 0; i < tuple.elements().size(); ++i) {
      NodeId target = pattern.elements()[i];
      simple = simple && c.src().Is(target, NodeKind::kName) && DeclaredAt(c, target) != DeclKind::kNone && !IsIgnored(c, target) &&
               c.IsPure(tuple.elements()[i]) && !c.src().Is(tuple.elements()[i], NodeKind::kSpread);
    }
    if (simple) {
      for (std::size_t i = 0; i < tuple.elements().size(); ++i) {
        NodeId target = pattern.elements()[i];
        out.push_back(c.NewAssign(c.NewName(c.TargetName(target), target), c.Expr(tuple.elements()[i]), i == 0 ? id : kNoNode, DeclaredAt(c, target)));
      }
      return true;
    }
  }
  if (only) {
    bool unpacks = c.src().Is(only, NodeKind::kListPattern);
    bool by_position = unpacks && StarInside(c, only) != std::string::npos && !Only(c, assign.value(), kArray);
    NodeId value = by_position ? Js(c, "[...$X]", {{"X", IterableOf(c, assign.value())}}) : unpacks ? IterableOf(c, assign.value()) : c.Expr(assign.value());
    const facts::Type& type = c.facts().type(c.facts().TypeOf(assign.value()));
    bool fits = type.kind == facts::TypeKind::kTuple && type.members.size() == ExactLength(c, only);
    if (std::size_t length = ExactLength(c, only); length > 0 && !tuple && !fits && IsCaught(c, id, "ValueError")) {
      value = c.NewCall(Local(c, "unpacked"), {value, c.NewInt(static_cast<long long>(length))});
    }
    // `name, *rest = parts`: at least as many as there are names.
    auto starred = unpacks && ExactLength(c, only) == 0 ? c.As<ListPattern>(only) : ListPattern();
    if (starred && starred.elements().size() > 1 && !tuple && IsCaught(c, id, "ValueError")) {
      const auto least = static_cast<long long>(starred.elements().size()) - 1;
      value = c.NewCall(Local(c, "unpackedAtLeast"), {value, c.NewInt(least)});
    }
    AssignTo(c, only, value, id, out);
    return true;
  }
  TranslateChain(c, assign, out);
  return true;
}

NodeId SetOperation(Context& c, BinaryOp op) {
  switch (op) {
    case BinaryOp::kBitOr: return c.NewString("add");
    case BinaryOp::kSub: return c.NewString("delete");
    default: return kNoNode;
  }
}

// What stands on the right; of a division, asked for zero where somebody counts on ZeroDivisionError.
NodeId StepValue(Context& c, AugAssign step) {
  const BinaryOp op = step.op();
  const bool divides = op == BinaryOp::kDiv || op == BinaryOp::kFloorDiv ||
                       (op == BinaryOp::kMod && !May(c, step.target(), kText));
  return divides ? GuardedDivision(c, step.target(), step.value(), op, step.id())
                 : c.Expr(step.value());
}

bool TranslateAugAssign(Context& c, NodeId id, NodeList& out) {
  auto step = c.As<AugAssign>(id);
  NodeId target = step.target();
  auto place = c.As<Subscript>(target);
  if (place && IsMapPlace(c, target)) {
    // A Map has no element to assign to.
    NodeId dict = c.Expr(place.object());
    NodeId key = KeyOf(c, place.index());
    NodeId current = Js(c, "$D.get($K)", {{"D", CopyTarget(c, dict)}, {"K", CopyTarget(c, key)}});
    std::string_view library = LibraryClassOf(c, place.object());
    bool counts = library.ends_with("Counter");
    NodeId factory = DefaultFactory(c, place.object());
    std::string made = factory ? c.facts().ResolvedName(factory) : "";
    if (made == "list" && step.op() == BinaryOp::kAdd) {
      NodeId list = c.Expr(target);  // makes the missing list
      out.push_back(c.NewExprStmt(Js(c, "$L.push(...$V)", {{"L", list}, {"V", IterableOf(c, step.value())}}, id), id));
      return true;
    }
    if (counts || made == "int" || made == "float") current = Js(c, "$C ?? 0", {{"C", current}});
    if (made == "str") current = Js(c, "$C ?? \"\"", {{"C", current}});
    NodeId right = StepValue(c, step);
    NodeId sum = c.New(make::Binary{.left = current, .right = right, .op = step.op()}, {});
    if (step.op() == BinaryOp::kFloorDiv) sum = Js(c, "Math.floor($A / $B)", {{"A", current}, {"B", right}});
    out.push_back(c.NewExprStmt(Js(c, "$D.set($K, $V)", {{"D", dict}, {"K", key}, {"V", sum}}, id), id));
    return true;
  }
  bool is_array = Only(c, target, kArray) || (c.src().Is(step.value(), NodeKind::kList) && !May(c, target, kText | kNumber));
  if (step.op() == BinaryOp::kAdd && is_array) {
    out.push_back(c.NewExprStmt(Js(c, "$X.push(...$V)", {{"X", c.Expr(target)}, {"V", IterableOf(c, step.value())}}, id), id));
    return true;
  }
  if (Only(c, target, kSet)) {
    if (NodeId method = SetOperation(c, step.op())) {
      std::string item = c.names().Fresh("item");
      NodeId call = c.NewCall(c.NewAttribute(c.Expr(target), c.dst().text(method)), {c.NewName(item)});
      out.push_back(c.New(make::ForEach{.target = c.NewName(item), .iterable = IterableOf(c, step.value()), .body = c.NewBlock({c.NewExprStmt(call)}), .declares = DeclKind::kConst}, id));
      return true;
    }
    if (step.op() == BinaryOp::kBitAnd && Only(c, step.value(), kSet)) {
      // Whoever else holds the set sees it shrink, as in Python.
      NodeId kept = c.Expr(step.value());
      if (!c.src().Is(step.value(), NodeKind::kName)) {
        const std::string name = c.names().Fresh("kept");
        out.push_back(c.NewAssign(c.NewName(name), kept, {}, DeclKind::kConst));
        kept = c.NewName(name);
      }
      NodeId item = c.NewName(c.names().Fresh("item"));
      NodeId test = Negate(c, Js(c, "$K.has($I)", {{"K", kept}, {"I", item}}));
      NodeId drop = c.NewExprStmt(Js(c, "$S.delete($I)", {{"S", c.Expr(target)}, {"I", CopyTarget(c, item)}}));
      NodeId body = c.New(make::If{.test = test, .body = c.NewBlock({drop})}, {});
      out.push_back(c.New(make::ForEach{.target = CopyTarget(c, item), .iterable = c.Expr(target), .body = c.NewBlock({body}), .declares = DeclKind::kConst}, id));
      return true;
    }
    c.Refuse(id, "untranslated", {{"reason", "this set operator in place"}});
    return true;
  }
  if (step.op() == BinaryOp::kBitOr && May(c, target, kObject)) {
    out.push_back(c.NewExprStmt(Js(c, "Object.assign($X, $V)", {{"X", c.Expr(target)}, {"V", c.Expr(step.value())}}, id), id));
    return true;
  }
  if (NodeId owner = ClassOf(c, target)) {
    static constexpr std::pair<BinaryOp, std::string_view> kInPlace[] = {
        {BinaryOp::kAdd, "__iadd__"}, {BinaryOp::kSub, "__isub__"}, {BinaryOp::kMul, "__imul__"},
        {BinaryOp::kBitOr, "__ior__"}};
    for (const auto& [op, name] : kInPlace) {
      if (op != step.op() || !FindMethod(c, owner, name)) continue;
      NodeId changed = c.NewCall(c.NewAttribute(c.Expr(target), DunderName(name)), {c.Expr(step.value())});
      out.push_back(c.NewAssign(TargetPattern(c, target), changed, id));
      return true;
    }
    if (FindMethod(c, owner, DunderOf(step.op()))) {
      out.push_back(c.NewAssign(TargetPattern(c, target), Overloaded(c, step.op(), target, step.value(), id), id));
      return true;
    }
  }
  if (NodeId owner = ClassOf(c, target); owner && !IsErrorClass(c, owner) && !(IsEnum(c, owner) && IsIntEnum(c, owner))) {
    c.Refuse(id, "operator-overloading");
    return true;
  }
  NodeId value = StepValue(c, step);
  switch (step.op()) {
    case BinaryOp::kFloorDiv:
      out.push_back(c.NewAssign(TargetPattern(c, target), Js(c, "Math.floor($A / $B)", {{"A", c.Expr(target)}, {"B", value}}), id));
      return true;
    case BinaryOp::kMod:
      if (!(IsNonNegative(c, target) && IsNonNegative(c, step.value()))) {
        out.push_back(c.NewAssign(TargetPattern(c, target), c.NewCall(Local(c, "mod"), {c.Expr(target), value}), id));
        return true;
      }
      break;
    case BinaryOp::kMul:
      if (Only(c, target, kText)) {
        out.push_back(c.NewAssign(TargetPattern(c, target), Js(c, "$A.repeat($B)", {{"A", c.Expr(target)}, {"B", value}}), id));
        return true;
      }
      break;
    case BinaryOp::kMatMul:
      c.Refuse(id, "operator-overloading");
      return true;
    case BinaryOp::kAdd: {
      bool known = Only(c, target, kPrimitive) || Only(c, step.value(), kPrimitive);
      if (!known) c.Say("plus-needs-types", id);
      break;
    }
    default:
      break;
  }
  out.push_back(c.New(make::AugAssign{.target = TargetPattern(c, target), .value = value, .op = step.op()}, id));
  return true;
}

bool TranslateDelete(Context& c, NodeId id, NodeList& out) {
  for (NodeId target : c.As<Delete>(id).targets()) {
    if (c.src().Is(target, NodeKind::kName)) {
      c.Absorb(id);
      continue;
    }
    if (auto attribute = c.As<Attribute>(target)) {
      NodeId value = c.NewAttribute(c.Expr(attribute.object()), c.names().Member(attribute.name(), false));
      out.push_back(c.NewExprStmt(c.New(make::Unary{.operand = value, .op = UnaryOp::kDelete}, {}), id));
      continue;
    }
    auto place = c.As<Subscript>(target);
    if (!place) {
      c.Refuse(id, "untranslated", {{"reason", "del"}});
      return true;
    }
    if (c.src().Is(place.index(), NodeKind::kSlice)) {
      out.push_back(c.NewExprStmt(Splice(c, place, kNoNode, id), id));
    } else if (IsMapPlace(c, place.id())) {
      out.push_back(c.NewExprStmt(Js(c, "$D.delete($K)", {{"D", c.Expr(place.object())}, {"K", KeyOf(c, place.index())}}, id), id));
    } else if (Only(c, place.object(), kArray)) {
      out.push_back(c.NewExprStmt(Js(c, "$D.splice($K, 1)", {{"D", c.Expr(place.object())}, {"K", c.Expr(place.index())}}, id), id));
    } else if (NodeId owner = ClassOf(c, place.object()); owner && FindMethod(c, owner, "__delitem__")) {
      out.push_back(c.NewExprStmt(Js(c, "$D.delete($K)", {{"D", c.Expr(place.object())}, {"K", c.Expr(place.index())}}, id), id));
    } else if (Only(c, place.object(), kObject) || Only(c, place.index(), kText)) {
      out.push_back(c.NewExprStmt(c.New(make::Unary{.operand = TargetPattern(c, target), .op = UnaryOp::kDelete}, {}), id));
    } else {
      c.Refuse(id, "object-or-dict", {{"name", std::string(c.source().Text(c.src().span(place.object())))}});
      return true;
    }
  }
  return true;
}

bool TranslateAssert(Context& c, NodeId id, NodeList& out) {
  auto statement = c.As<Assert>(id);
  NodeId test = Negate(c, Condition(c, statement.test()));
  NodeId message = statement.message() ? TextOf(c, statement.message()) : kNoNode;
  out.push_back(c.New(make::If{.test = test, .body = c.NewBlock({ThrowNew(c, "AssertionError", message)})}, id));
  return true;
}

// `pass` says nothing; what was written beside it stays.
bool Drop(Context&, NodeId, NodeList&) { return true; }

// `...` as a statement says nothing.
bool DropEllipsis(Context& c, NodeId id, NodeList&) {
  return c.src().Is(c.As<ExprStmt>(id).value(), NodeKind::kEllipsis);
}

// `(n := f())` -> `(n = f())`; the name is declared above.
std::optional<NodeId> TranslateWalrus(Context& c, NodeId id) {
  auto walrus = c.As<Walrus>(id);
  NodeId name = c.NewName(c.TargetName(walrus.target()), walrus.target());
  return c.New(make::AssignExpr{.target = name, .value = c.Expr(walrus.value())}, id);
}

}  // namespace

NodeId TargetPattern(Context& c, NodeId target) {
  if (auto list = c.As<ListPattern>(target)) {
    NodeList elements;
    for (NodeId e : list.elements()) elements.push_back(IsIgnored(c, e) ? c.New(make::Elision{}, {}) : TargetPattern(c, e));
    while (!elements.empty() && c.dst().Is(elements.back(), NodeKind::kElision)) elements.pop_back();
    return c.New(make::ListPattern{.elements = std::move(elements)}, target);
  }
  if (auto rest = c.As<RestPattern>(target)) {
    if (!rest.target() || IsIgnored(c, rest.target())) return c.New(make::Elision{}, {});
    return c.New(make::RestPattern{.target = TargetPattern(c, rest.target())}, target);
  }
  if (auto place = c.As<Subscript>(target)) {
    NodeId object = c.Expr(place.object());
    if (auto key = c.As<String>(place.index()); key && IsJsIdentifier(key.value())) return c.NewAttribute(object, key.value(), target);
    NodeId index = c.Expr(place.index());
    if (auto literal = LiteralInt(c, place.index()); literal && *literal < 0) {
      index = Js(c, "$X.length - $N", {{"X", CopyTarget(c, object)}, {"N", c.NewInt(-*literal)}});
    } else if (Only(c, place.object(), kArray) && c.src().Is(place.index(), NodeKind::kUnary)) {
      c.Say("negative-index", target);
    }
    return c.New(make::Subscript{.object = object, .index = index}, target);
  }
  if (c.src().Is(target, NodeKind::kName)) {
    if (ClassOfVariable(c, target)) return ClassVariable(c, target);
    return c.NewName(c.TargetName(target), target);
  }
  if (auto attribute = c.As<Attribute>(target)) {
    return c.NewAttribute(c.Expr(attribute.object()), MemberName(c, attribute.object(), attribute.name()), target);
  }
  return c.Expr(target);
}

void AssignTo(Context& c, NodeId target, NodeId value, NodeId origin, NodeList& out) {
  if (c.src().Is(target, NodeKind::kSubscript)) {
    AssignElement(c, target, value, origin, out);
    return;
  }
  if (c.src().Is(target, NodeKind::kListPattern)) {
    if (StarInside(c, target) != std::string::npos) {
      UnpackAroundStar(c, target, value, origin, out);
      return;
    }
    if (!IsPlainPattern(c, target)) {
      NodeId items = Temporary(c, value, "values", target);
      auto elements = c.As<ListPattern>(target).elements();
      for (std::size_t i = 0; i < elements.size(); ++i) {
        NodeId part = Js(c, "$X[$I]", {{"X", CopyTarget(c, items)}, {"I", c.NewInt(static_cast<long long>(i))}});
        AssignTo(c, elements[i], part, i == 0 ? origin : kNoNode, out);
      }
      return;
    }
  }
  Declaration declaration = DeclarationOf(c, target);
  DeclareLoose(c, declaration);
  out.push_back(c.NewAssign(TargetPattern(c, target), value, origin, declaration.kind));
}

void RegisterAssign(Topics& t) {
  t.Claim(NodeKind::kAssign, Order::kAfterCards, &TranslateAssign);
  t.Claim(NodeKind::kAugAssign, Order::kAfterCards, &TranslateAugAssign);
  t.Claim(NodeKind::kDelete, Order::kAfterCards, &TranslateDelete);
  t.Claim(NodeKind::kAssert, Order::kAfterCards, &TranslateAssert);
  t.Claim(NodeKind::kPass, Order::kAfterCards, &Drop);
  t.Claim(NodeKind::kScopeDecl, Order::kAfterCards, &Drop);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &DropEllipsis);
  t.Claim(NodeKind::kWalrus, Order::kAfterCards, &TranslateWalrus);
}

}  // namespace asyncport::translate::to_js
