// Object literals: records become dicts, objects with behaviour (facts decides which those are) a SimpleNamespace or,
// where they have accessors or methods that use `this`, an instance of a class of their own.
// Example: `return { get value() { return count; } };` -> `class Counter: ...` with a property, and `return Counter()`.
#include <algorithm>
#include <utility>

#include "support/strings.h"
#include "translate/to_py/objects.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

// Does the source expression speak of the `this` around it, or wait for something?
bool NeedsItsPlace(Context& c, NodeId id) {
  NodeKind kind = c.src().kind(id);
  if (kind == NodeKind::kSelfRef || kind == NodeKind::kSuperRef || kind == NodeKind::kAwait ||
      kind == NodeKind::kYield)
    return true;
  if (kind == NodeKind::kFunctionExpr && !c.As<FunctionExpr>(id).is_arrow()) return false;
  if (kind == NodeKind::kMethod || kind == NodeKind::kClassExpr) return false;
  bool found = false;
  c.src().ForEachChild(id, [&](NodeId child) { found = found || NeedsItsPlace(c, child); });
  return found;
}

bool IsFunction(Context& c, NodeId value) {
  return c.src().Is(value, NodeKind::kLambda) || c.src().Is(value, NodeKind::kFunctionExpr);
}

// `makeCounter` -> Counter, `const editor = {...}` -> Editor, `this.api = {...}` -> Api.
std::string ClassNameFor(Context& c, NodeId dict) {
  std::string wanted;
  for (NodeId up = c.facts().Parent(dict); up && wanted.empty(); up = c.facts().Parent(up)) {
    if (auto assign = c.As<Assign>(up); assign && assign.targets().size() == 1) {
      NodeKind kind = c.src().kind(assign.targets()[0]);
      if (kind == NodeKind::kName || kind == NodeKind::kAttribute)
        wanted = c.src().text(assign.targets()[0]);
    } else if (auto entry = c.As<DictEntry>(up)) {
      if (c.src().Is(entry.key(), NodeKind::kString)) wanted = c.src().text(entry.key());
    } else if (auto def = c.As<FunctionDef>(up)) {
      wanted = c.src().text(def.name());
    } else if (auto method = c.As<Method>(up)) {
      wanted = method.name();
    }
  }
  std::string snake = ToSnakeCase(wanted);
  for (std::string_view verb : {"make_", "create_", "new_", "build_", "get_"}) {
    if (snake.starts_with(verb) && snake.size() > verb.size()) snake.erase(0, verb.size());
  }
  std::string name;
  bool upper = true;
  for (char letter : snake) {
    if (letter == '_' || letter == '$') {
      upper = true;
      continue;
    }
    name +=
        upper && letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    upper = false;
  }
  if (name.empty() || (name[0] >= '0' && name[0] <= '9')) name = "Record";
  return c.names().Fresh(name);
}

// Nothing but values: it is an object for the sake of its identity, which a SimpleNamespace does not hash by.
bool IsRecord(Context& c, Dict dict) {
  for (NodeId e : dict.entries()) {
    auto plain = c.As<DictEntry>(e);
    if (!plain || !c.src().Is(plain.key(), NodeKind::kString) || IsFunction(c, plain.value()))
      return false;
  }
  return !dict.entries().empty();
}

// Does some Set of the file hold object literals, or have some Map them as keys? Python wants those hashable.
struct HashedLiterals {
  explicit HashedLiterals(Context& c) {
    auto is_literal = [&](facts::TypeId id) {
      const facts::Type& type = c.facts().type(id);
      return type.kind == TypeKind::kInstance && c.src().Is(type.decl, NodeKind::kDict);
    };
    for (std::uint32_t i = 1; i < c.src().size() && !any; ++i) {
      if (!c.src().Is(NodeId{i}, NodeKind::kNew)) continue;
      const facts::Type& made = c.facts().type(c.facts().TypeOf(NodeId{i}));
      if (made.kind != TypeKind::kSet && made.kind != TypeKind::kMap) continue;
      facts::TypeId held = made.kind == TypeKind::kSet ? made.element : made.key;
      any = is_literal(held);
      for (facts::TypeId member : c.facts().type(held).members) any = any || is_literal(member);
    }
  }
  bool any = false;
};

}  // namespace

bool NeedsClass(Context& c, Dict dict) {
  if (c.State<HashedLiterals>().any) return true;
  for (NodeId e : dict.entries()) {
    if (auto entry = c.As<DictEntry>(e); entry && !c.src().Is(entry.key(), NodeKind::kString))
      return true;
  }
  for (NodeId e : dict.entries()) {
    auto plain = c.As<DictEntry>(e);
    auto entry = c.As<MethodEntry>(e);
    auto method = entry ? c.As<Method>(entry.method()) : Method();
    if (method && (method.kind() != MethodKind::kMethod || method.computed_key())) return true;
    NodeId body = method ? method.body()
                  : plain && c.As<FunctionExpr>(plain.value())
                      ? c.As<FunctionExpr>(plain.value()).body()
                      : kNoNode;
    if (body && NeedsItsPlace(c, body)) {
      // `await` in it is its own; `this` is the object.
      auto speaks_of_self = [&](auto&& self, NodeId id) -> bool {
        NodeKind kind = c.src().kind(id);
        if (kind == NodeKind::kSelfRef || kind == NodeKind::kSuperRef) return true;
        if (kind == NodeKind::kFunctionExpr && !c.As<FunctionExpr>(id).is_arrow()) return false;
        if (kind == NodeKind::kMethod || kind == NodeKind::kClassExpr ||
            kind == NodeKind::kFunctionDef)
          return false;
        bool found = false;
        c.src().ForEachChild(id, [&](NodeId child) { found = found || self(self, child); });
        return found;
      };
      if (speaks_of_self(speaks_of_self, body)) return true;
    }
  }
  return false;
}

namespace {

// A function-valued property as a method of the class.
NodeId AsMethod(Context& c, NodeId function, const std::string& name, NodeId origin) {
  auto def = ir::As<FunctionDef>(c.dst(), Define(c, function, name, origin));
  NodeList params(def.params().begin(), def.params().end());
  return c.New(make::Method{.params = std::move(params),
                            .body = def.body(),
                            .name = name,
                            .is_async = def.is_async(),
                            .is_generator = def.is_generator()},
               origin);
}

// `{ pattern, handler }` of values only: a class at module level, one for all literals with the same properties.
NodeId AsRecord(Context& c, NodeId id, Dict dict) {
  std::string key = "record:";
  NodeList args;
  NodeList params;
  NodeList init;
  for (NodeId e : dict.entries()) {
    auto entry = c.As<DictEntry>(e);
    std::string name = c.names().Member(c.src().text(entry.key()), false);
    key += name + ",";
    args.push_back(c.Expr(entry.value()));
    if (IsPythonKeyword(name)) name += "_";
    params.push_back(c.New(make::Param{.target = c.NewName(name)}, {}));
    init.push_back(c.NewAssign(c.NewAttribute(c.New(make::SelfRef{}, {}), name), c.NewName(name)));
  }
  std::string class_name;
  for (const std::string& mark : c.marks()) {
    if (mark.starts_with(key + "=")) class_name = mark.substr(key.size() + 1);
  }
  if (class_name.empty()) {
    class_name = ClassNameFor(c, id);
    c.marks().insert(key + "=" + class_name);
    NodeId constructor = c.New(make::Method{.params = std::move(params),
                                            .body = c.NewBlock(std::move(init)),
                                            .kind = MethodKind::kConstructor},
                               {});
    c.prelude().push_back(c.New(
        make::ClassDef{.name = c.NewName(class_name), .body = c.NewBlock({constructor})}, {}));
  }
  return c.NewCall(c.NewName(class_name), std::move(args), id);
}

NodeId AsClassInstance(Context& c, NodeId id, Dict dict) {
  std::string class_name = ClassNameFor(c, id);
  NodeList init;
  NodeList params;
  NodeList args;
  NodeList methods;  // of the source
  NodeList made_methods;
  for (NodeId e : dict.entries()) {
    if (auto entry = c.As<MethodEntry>(e)) {
      methods.push_back(entry.method());
      continue;
    }
    auto entry = c.As<DictEntry>(e);
    if (entry && c.facts().ResolvedName(entry.key()) == "Symbol.iterator") {
      // The function that makes the iterator is kept; Python asks the class for one.
      params.push_back(c.New(make::Param{.target = c.NewName("iterate")}, {}));
      args.push_back(c.Expr(entry.value()));
      init.push_back(c.NewAssign(c.NewAttribute(c.New(make::SelfRef{}, {}), "_iterate"),
                                 c.NewName("iterate"), e));
      NodeId made = c.NewCall(c.NewAttribute(c.New(make::SelfRef{}, {}), "_iterate"), {});
      NodeId result = c.New(make::Return{.value = c.NewCall(c.NewName("iter"), {made})}, {});
      made_methods.push_back(
          c.New(make::Method{.body = c.NewBlock({result}), .name = "__iter__"}, {}));
      continue;
    }
    if (!entry || !c.src().Is(entry.key(), NodeKind::kString)) {
      return c.Refuse(
          e, "untranslated",
          {{"reason", "an object with behaviour that takes over another's properties"}});
    }
    std::string name = c.names().Member(c.src().text(entry.key()), false);
    if (IsFunction(c, entry.value()) && !NeedsItsPlace(c, entry.value())) {
      methods.push_back(e);
      continue;
    }
    NodeId place = c.NewAttribute(c.New(make::SelfRef{}, {}), name);
    Context::Hoisted value = c.ExprWithHoists(entry.value());
    if (value.before.empty() && !NeedsItsPlace(c, entry.value())) {
      init.push_back(c.NewAssign(place, value.value, e));
      continue;
    }
    for (NodeId before : value.before) c.HoistEffect(before, e);
    params.push_back(c.New(make::Param{.target = c.NewName(name)}, {}));
    args.push_back(value.value);
    init.push_back(c.NewAssign(place, c.NewName(name), e));
  }
  NodeList body;
  if (!init.empty()) {
    body.push_back(c.New(make::Method{.params = std::move(params),
                                      .body = c.NewBlock(std::move(init)),
                                      .kind = MethodKind::kConstructor},
                         {}));
  }
  NodeList sources;
  for (NodeId m : methods) {
    if (c.src().Is(m, NodeKind::kMethod)) sources.push_back(m);
  }
  for (NodeId m : methods) {
    if (auto entry = c.As<DictEntry>(m)) {
      body.push_back(
          AsMethod(c, entry.value(), c.names().Member(c.src().text(entry.key()), false), m));
    } else {
      TranslateMethod(c, m, sources, body);
    }
  }
  body.insert(body.end(), made_methods.begin(), made_methods.end());
  c.HoistDefinition(c.New(
      make::ClassDef{.name = c.NewName(class_name), .body = c.NewBlock(std::move(body))}, {}));
  return c.NewCall(c.NewName(class_name), std::move(args), id);
}

// Functions and values without `this`: a namespace.
NodeId AsNamespace(Context& c, NodeId id, Dict dict) {
  NodeList args;
  for (NodeId e : dict.entries()) {
    if (auto spread = c.As<Spread>(e)) {
      NodeId object = c.Expr(spread.value());
      bool record = c.facts().Only(spread.value(), {TypeKind::kDict});
      args.push_back(c.New(
          make::KeywordSpread{.value = record ? object : c.NewCall(c.NewName("vars"), {object})},
          e));
      continue;
    }
    std::string name;
    NodeId value;
    if (auto entry = c.As<MethodEntry>(e)) {
      std::string_view key = c.As<Method>(entry.method()).name();
      name = c.names().Member(key, false);
      std::string function = c.names().Fresh(c.names().Convert(key));
      c.HoistDefinition(Define(c, entry.method(), function, e));
      value = c.NewName(function);
    } else {
      auto plain = c.As<DictEntry>(e);
      if (!plain || !c.src().Is(plain.key(), NodeKind::kString)) {
        return c.Refuse(e, "untranslated",
                        {{"reason", "a computed name in an object with behaviour"}});
      }
      name = c.names().Member(c.src().text(plain.key()), false);
      value = c.Expr(plain.value());
    }
    args.push_back(c.NewKeyword(name, value, e));
  }
  return c.NewCall(c.Library("types:SimpleNamespace"), std::move(args), id);
}

NodeId AsDict(Context& c, NodeId id, Dict dict) {
  NodeList entries;
  for (NodeId e : dict.entries()) {
    if (auto entry = c.As<MethodEntry>(e)) {
      auto method = c.As<Method>(entry.method());
      if (method.kind() != MethodKind::kMethod || method.computed_key()) {
        return c.Refuse(id, "no-proxy", {{"what", "a getter or setter in an object literal"}});
      }
      std::string name = c.names().Fresh(c.names().Convert(method.name()));
      c.HoistDefinition(Define(c, entry.method(), name, e));
      entries.push_back(
          c.New(make::DictEntry{.key = c.NewString(method.name()), .value = c.NewName(name)}, e));
      continue;
    }
    if (auto entry = c.As<DictEntry>(e)) {
      NodeId key = entry.key();
      NodeId target_key;
      if (auto number = c.As<Number>(key)) {
        target_key = c.New(make::Number{.text = number.text(), .kind = number.kind()}, key);
        c.SayOnce("key-type", key);
      } else {
        target_key = c.Expr(key);
      }
      entries.push_back(
          c.New(make::DictEntry{.key = target_key, .value = c.Expr(entry.value())}, e));
      continue;
    }
    entries.push_back(c.Expr(e));
  }
  return c.New(make::Dict{.entries = std::move(entries), .was_multiline = dict.was_multiline()},
               id);
}

std::optional<NodeId> TranslateDict(Context& c, NodeId id) {
  auto dict = c.As<Dict>(id);
  if (!IsObjectLiteral(c, id)) return AsDict(c, id, dict);
  if (IsRecord(c, dict)) return AsRecord(c, id, dict);
  return NeedsClass(c, dict) ? AsClassInstance(c, id, dict) : AsNamespace(c, id, dict);
}

}  // namespace

bool IsObjectLiteral(Context& c, NodeId id) {
  return c.src().Is(id, NodeKind::kDict) && c.facts().Only(id, {TypeKind::kInstance});
}

void RegisterObjectLiterals(Topics& t) {
  t.Claim(NodeKind::kDict, Order::kAfterCards, &TranslateDict);
}

}  // namespace asyncport::translate::to_py
