// JSON.stringify of what json.dumps does not know or writes otherwise: instances, dates, what is undefined, functions;
// replacers and revivers. Plain data is a card.
// Example: `JSON.stringify({ at: date })` -> `json.dumps({"at": date}, default=lambda value: ...)`.
#include "translate/to_py/json_forms.h"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>

#include "translate/quote.h"
#include "translate/to_py/destructuring.h"
#include "translate/to_py/shown.h"
#include "translate/to_py/topics.h"
#include "translate/to_py/topics_of_library.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

bool IsFunction(TypeKind kind) { return kind == TypeKind::kFunction || kind == TypeKind::kClass; }

// What is somewhere in a value that is written as JSON.
class Found {
 public:
  bool dates = false;
  bool maps = false;  // Maps and Sets, which JSON shows as {}
  bool nulls = false;
  bool missing = false;  // entries that may be undefined
  bool functions = false;
  bool unknown = false;
  std::vector<NodeId> classes;

  Found(Context& c, facts::TypeId id) : c_(c) { Look(id, 0, false); }

  // As it stands where it is written out: what undefined and functions are left out of is not looked into.
  void Look(facts::TypeId id, int depth, bool is_entry) {
    const facts::Type& type = c_.facts().type(id);
    if (depth > 6) return;
    switch (type.kind) {
      case TypeKind::kUnion:
        for (facts::TypeId member : type.members) Look(member, depth + 1, is_entry);
        return;
      case TypeKind::kUnknown:
        unknown = true;
        return;
      case TypeKind::kDate:
        dates = true;
        return;
      case TypeKind::kMap:
      case TypeKind::kSet:
        maps = true;
        return;
      case TypeKind::kNull:
        nulls = true;
        return;
      case TypeKind::kUndefined:
        missing = missing || is_entry;
        return;
      case TypeKind::kFunction:
      case TypeKind::kClass:
        functions = functions || depth > 0;
        return;
      case TypeKind::kInstance:
        LookIntoClass(type.decl, depth);
        return;
      case TypeKind::kList:
        Look(type.element, depth + 1, false);
        return;
      case TypeKind::kTuple:
        for (facts::TypeId member : type.members) Look(member, depth + 1, false);
        return;
      case TypeKind::kDict:
        if (type.fields.empty()) Look(type.element, depth + 1, false);
        // A field that some of the objects lack is not undefined where it is there.
        for (const auto& [name, field] : type.fields) {
          Look(field, depth + 1, MayBeGivenUndefined(c_, name));
        }
        return;
      default:
        return;
    }
  }

 private:
  void LookIntoClass(NodeId decl, int depth) {
    const bool literal = c_.src().Is(decl, NodeKind::kDict);
    if (!literal && !c_.src().Is(decl, NodeKind::kClassDef)) return;
    if (std::find(classes.begin(), classes.end(), decl) != classes.end()) return;
    classes.push_back(decl);
    if (literal) return;
    if (HasMethod(c_, decl, "toJSON")) return;
    const auto fields = FieldsOf(c_, decl);
    if (!fields) return;
    for (const ShownField& field : *fields) {
      if (field.value) Look(c_.facts().TypeOf(field.value), depth + 1, false);
    }
  }

  Context& c_;
};

// Is every field of the class an attribute of the same name, and nothing else in `vars`?
bool IsPlainClass(Context& c, NodeId decl) {
  const auto fields = FieldsOf(c, decl);
  if (!fields) return true;
  for (const ShownField& field : *fields) {
    if (c.names().Member(field.name, false) != field.name) return false;
    if (field.value && c.facts().May(field.value, {TypeKind::kUndefined}) &&
        c.facts().KindOf(field.value) != TypeKind::kUnknown) {
      return false;
    }
  }
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    const NodeId id{i};
    auto field = c.As<Field>(id);
    const bool own = field && field.is_private() && !field.is_static();
    if (own && c.facts().EnclosingClass(id) == decl) return false;
  }
  return true;
}

// How the classes of the file that are written as JSON say what they are.
struct JsonClasses {
  std::unordered_set<std::uint32_t> made;  // those that get a `to_json`
  explicit JsonClasses(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      const NodeId id{i};
      if (!c.src().Is(id, NodeKind::kCall) || !c.IsCallTo(id, "JSON.stringify")) continue;
      if (c.As<Call>(id).args().empty()) continue;
      const Found found(c, c.facts().TypeOf(c.As<Call>(id).args()[0]));
      const bool plain = std::all_of(found.classes.begin(), found.classes.end(), [&](NodeId decl) {
        return !HasMethod(c, decl, "toJSON") && IsPlainClass(c, decl);
      });
      if (plain) continue;
      for (NodeId decl : found.classes) {
        if (!HasMethod(c, decl, "toJSON") && FieldsOf(c, decl)) made.insert(decl.index);
      }
    }
  }
};

NodeId IsoText(Context& c, NodeId date) {
  return Quote(c, R"py($D.isoformat(timespec="milliseconds").replace("+00:00", "Z"))py",
               {{"D", date}});
}

// The function that json.dumps asks for what it does not know; none if there is nothing of the kind.
NodeId DefaultOf(Context& c, const Found& found) {
  if (found.classes.empty() && !found.dates) return kNoNode;
  NodeId value = c.NewName("value");
  NodeId param = c.New(make::Param{.target = value}, {});
  auto lambda = [&](NodeId body) {
    return c.New(make::Lambda{.params = {param}, .body = body}, {});
  };
  if (found.classes.empty()) return lambda(IsoText(c, value));
  const auto& made = c.State<JsonClasses>().made;
  const bool says = std::all_of(found.classes.begin(), found.classes.end(), [&](NodeId decl) {
    return made.contains(decl.index) || HasMethod(c, decl, "toJSON");
  });
  const bool none_says = std::none_of(found.classes.begin(), found.classes.end(), [&](NodeId decl) {
    return made.contains(decl.index) || HasMethod(c, decl, "toJSON");
  });
  const std::string name = c.names().Member("toJSON", false);
  NodeId own =
      says ? c.NewCall(c.NewAttribute(value, name), {}) : c.NewCall(c.NewName("vars"), {value});
  if (!says && !none_says) {
    NodeId asks = c.NewCall(c.NewName("hasattr"), {value, c.NewString(name)});
    own = c.New(make::Conditional{.test = asks,
                                  .then_value = c.NewCall(c.NewAttribute(value, name), {}),
                                  .else_value = c.NewCall(c.NewName("vars"), {value})},
                {});
  }
  if (!found.dates) return none_says ? c.NewName("vars") : lambda(own);
  NodeId is_date = c.NewCall(c.NewName("isinstance"), {value, c.Library("datetime:datetime")});
  return lambda(c.New(
      make::Conditional{.test = is_date, .then_value = IsoText(c, value), .else_value = own}, {}));
}

// A literal without what JSON leaves out; other values as they are.
NodeId Written(Context& c, NodeId id) {
  auto dict = c.As<Dict>(id);
  if (!dict || IsObjectLiteral(c, id)) return c.Expr(id);
  NodeList entries;
  for (NodeId e : dict.entries()) {
    auto entry = c.As<DictEntry>(e);
    if (!entry) {
      if (!c.src().Is(e, NodeKind::kMethodEntry)) entries.push_back(c.Expr(e));
      continue;
    }
    const bool left_out = c.src().Is(entry.value(), NodeKind::kUndefined) ||
                          c.src().Is(entry.value(), NodeKind::kLambda) ||
                          c.src().Is(entry.value(), NodeKind::kFunctionExpr);
    if (left_out) continue;
    entries.push_back(
        c.New(make::DictEntry{.key = c.Expr(entry.key()), .value = Written(c, entry.value())}, e));
  }
  return c.New(make::Dict{.entries = std::move(entries), .was_multiline = dict.was_multiline()},
               id);
}

bool LeavesOut(Context& c, NodeId id) {
  auto dict = c.As<Dict>(id);
  if (!dict) return false;
  return std::any_of(dict.entries().begin(), dict.entries().end(), [&](NodeId e) {
    auto entry = c.As<DictEntry>(e);
    if (!entry) return c.src().Is(e, NodeKind::kMethodEntry);
    return c.src().Is(entry.value(), NodeKind::kUndefined) ||
           IsFunction(c.facts().KindOf(entry.value())) || LeavesOut(c, entry.value());
  });
}

NodeId Without(Context& c, NodeId value, bool functions) {
  NodeId name = functions ? DefineOnce(c, "json_data", R"py(
def json_data(value):
    """Leave out what has no place in JSON: entries that are missing, functions."""
    if isinstance(value, dict):
        return {
            k: json_data(v)
            for k, v in value.items()
            if v is not None and not callable(v)
        }
    return [json_data(v) for v in value] if isinstance(value, list) else value
)py")
                          : DefineOnce(c, "without_none", R"py(
def without_none(value):
    """Leave out the entries of dicts that are None."""
    if isinstance(value, dict):
        return {k: without_none(v) for k, v in value.items() if v is not None}
    return [without_none(v) for v in value] if isinstance(value, list) else value
)py");
  return c.NewCall(name, {value});
}

// `["a", "c"]`: only these entries, in this order.
NodeId Picked(Context& c, NodeId value, NodeId keys) {
  NodeId name = DefineOnce(c, "with_keys", R"py(
def with_keys(value, keys):
    """Keep only these entries of a dict and of those in it."""
    if isinstance(value, dict):
        return {k: with_keys(value[k], keys) for k in keys if k in value}
    return [with_keys(v, keys) for v in value] if isinstance(value, list) else value
)py");
  return c.NewCall(name, {value, keys});
}

bool TakesKeyAndValue(Context& c, NodeId function) {
  const NodeKind kind = c.src().kind(function);
  std::span<const NodeId> params;
  if (kind == NodeKind::kLambda) {
    params = c.As<Lambda>(function).params();
  } else if (kind == NodeKind::kFunctionExpr) {
    params = c.As<FunctionExpr>(function).params();
  } else {
    auto functions = c.facts().FunctionsOf(function);
    if (functions.others || functions.nodes.size() != 1) return false;
    auto def = c.As<FunctionDef>(functions.nodes[0]);
    if (!def) return kind == NodeKind::kName && TakesKeyAndValue(c, functions.nodes[0]);
    params = def.params();
  }
  return params.size() == 2;
}

std::optional<NodeId> TranslateStringify(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "JSON.stringify")) return std::nullopt;
  const auto args = c.As<Call>(id).args();
  if (args.empty() || args.size() > 3 || c.src().Is(args[0], NodeKind::kSpread)) {
    return std::nullopt;
  }
  Found found(c, c.facts().TypeOf(args[0]));
  const bool is_null = args.size() < 2 || c.src().Is(args[1], NodeKind::kNull) ||
                       c.src().Is(args[1], NodeKind::kUndefined);
  const bool stripped = LeavesOut(c, args[0]);
  if (is_null && !stripped && !found.dates && !found.missing && !found.functions && !found.maps &&
      found.classes.empty()) {
    return std::nullopt;
  }
  if (found.maps && is_null) {
    return c.Refuse(id, "untranslated", {{"reason", "a Map or Set as JSON, which is `{}`"}});
  }
  NodeId value = Written(c, args[0]);
  if (is_null && (found.missing || found.functions)) {
    bool left = found.functions;
    if (auto dict = c.As<Dict>(args[0])) {
      // What the literal leaves out by itself is gone; is there more?
      Found inner(c, {});
      for (NodeId e : dict.entries()) {
        auto entry = c.As<DictEntry>(e);
        const NodeId part = entry ? entry.value() : kNoNode;
        const bool gone = !part || c.src().Is(part, NodeKind::kUndefined) ||
                          c.src().Is(part, NodeKind::kLambda) ||
                          c.src().Is(part, NodeKind::kFunctionExpr);
        if (!gone) inner.Look(c.facts().TypeOf(part), 1, true);
      }
      found.missing = inner.missing;
      found.nulls = inner.nulls;
      found.unknown = inner.unknown;
      left = inner.functions;
    }
    // Null and undefined are one in Python: which of them is left out is only known where one cannot be.
    const bool either = found.missing && (found.nulls || found.unknown);
    if (found.missing && found.nulls) c.SayOnce("json-undefined", id);
    if ((found.missing && !either) || left) value = Without(c, value, left);
  }
  if (!is_null && c.src().Is(args[1], NodeKind::kList)) {
    value = Picked(c, value, c.Expr(args[1]));
  } else if (!is_null) {
    if (!TakesKeyAndValue(c, args[1])) {
      return c.Refuse(id, "untranslated", {{"reason", "this replacer of JSON.stringify"}});
    }
    NodeId replaced = DefineOnce(c, "replaced", R"py(
def replaced(value, replacer, key=""):
    """Let a function of key and value replace all parts; None leaves an entry out."""
    value = replacer(key, value)
    if isinstance(value, dict):
        entries = {k: replaced(v, replacer, k) for k, v in value.items()}
        return {
            k: v for k, v in entries.items() if v is not None or value[k] is None
        }
    if isinstance(value, list):
        return [replaced(v, replacer, str(i)) for i, v in enumerate(value)]
    return value
)py");
    value = c.NewCall(replaced, {value, FunctionValue(c, args[1], "replacer")});
  }
  NodeList call{value};
  const bool indents = args.size() == 3 && c.src().text(args[2]) != "0" &&
                       !c.src().Is(args[2], NodeKind::kUndefined) &&
                       !c.src().Is(args[2], NodeKind::kNull);
  if (indents) {
    call.push_back(c.NewKeyword("indent", c.Expr(args[2])));
  } else {
    NodeList separators{c.NewString(","), c.NewString(":")};
    call.push_back(c.NewKeyword(
        "separators",
        c.New(make::Tuple{.elements = std::move(separators), .is_parenthesised = true}, {})));
  }
  call.push_back(c.NewKeyword("ensure_ascii", c.New(make::Bool{.value = false}, {})));
  if (NodeId ask = DefaultOf(c, found)) call.push_back(c.NewKeyword("default", ask));
  return c.NewCall(c.Library("json.dumps"), std::move(call), id);
}

std::optional<NodeId> TranslateParse(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "JSON.parse") || c.As<Call>(id).args().size() != 2) return std::nullopt;
  const auto args = c.As<Call>(id).args();
  if (!TakesKeyAndValue(c, args[1])) return std::nullopt;
  NodeId revived = DefineOnce(c, "revived", R"py(
def revived(value, reviver, key=""):
    """Let a function of key and value replace all parts; None leaves an entry out."""
    if isinstance(value, dict):
        entries = {k: revived(v, reviver, k) for k, v in value.items()}
        value = {
            k: v for k, v in entries.items() if v is not None or value[k] is None
        }
    elif isinstance(value, list):
        value = [revived(v, reviver, str(i)) for i, v in enumerate(value)]
    return reviver(key, value)
)py");
  NodeId data = c.NewCall(c.Library("json.loads"), {c.Expr(args[0])});
  return c.NewCall(revived, {data, FunctionValue(c, args[1], "reviver")}, id);
}

}  // namespace

NodeId JsonOf(Context& c, NodeId class_def) {
  if (!c.State<JsonClasses>().made.contains(class_def.index)) return kNoNode;
  const auto fields = FieldsOf(c, class_def);
  NodeList entries;
  for (const ShownField& field : *fields) {
    NodeId value = c.NewAttribute(c.New(make::SelfRef{}, {}), c.names().Member(field.name, false));
    if (field.value && IsFunction(c.facts().KindOf(field.value))) continue;
    if (field.value && c.facts().Only(field.value, {TypeKind::kUndefined})) continue;
    entries.push_back(c.New(make::DictEntry{.key = c.NewString(field.name), .value = value}, {}));
  }
  NodeId data = c.New(make::Dict{.entries = std::move(entries)}, {});
  NodeId body = c.NewBlock({c.New(make::Return{.value = data}, {})});
  return c.New(make::Method{.body = body, .name = c.names().Member("toJSON", false)}, {});
}

void RegisterJsonForms(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateStringify);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateParse);
}

}  // namespace asyncport::translate::to_py
