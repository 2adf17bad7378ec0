// What errors carry: `args`, and what `str(error)` says. JavaScript's errors have one message; a class of the file keeps
// all arguments where the program reads them. The text of a KeyError is the repr of its key.
// Example: `error.args[1]` -> `error.args[1]`, with `this.args = args` in the constructor of the class.
#include <utility>

#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

struct Reads {
  bool arguments = false;  // args beyond the first
  bool texts = false;      // an error as text

  explicit Reads(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      NodeId node{i};
      if (auto attribute = c.As<Attribute>(node);
          attribute && attribute.name() == "args" && OnlyOrNone(c, attribute.object(), kError)) {
        auto place = c.As<Subscript>(c.facts().Parent(node));
        bool first = place && place.object() == node &&
                     LiteralInt(c, place.index()) == std::optional<long long>(0);
        arguments = arguments || !first;
      }
      Shown(c, node);
      auto clause = c.As<CatchClause>(node);
      if (!clause || !clause.target()) continue;
      facts::BindingId binding = c.facts().BindingOf(clause.target());
      if (!binding) continue;
      for (NodeId read : c.facts().binding(binding).reads) {
        NodeKind kind = c.src().kind(c.facts().Parent(read));
        texts = texts || (kind != NodeKind::kAttribute && kind != NodeKind::kRaise);
      }
    }
  }

  // `str(result)` and its like, of what may be an error.
  void Shown(Context& c, NodeId node) {
    std::span<const NodeId> shown;
    if (auto text = c.As<Template>(node)) shown = text.parts();
    if (auto call = c.As<Call>(node)) {
      std::string name = c.facts().ResolvedName(call.callee());
      if (name == "print" || name == "str" || name == "format") shown = call.args();
    }
    for (NodeId part : shown) {
      auto format = c.As<FormatValue>(part);
      NodeId value = format ? format.value() : part;
      if (HasCategory(c.src().kind(value), category::Expr)) texts = texts || MayBeError(c, value);
    }
  }
};

// Is every possible value of a class of the file?
bool IsOfFile(Context& c, NodeId error) {
  const facts::Type& type = c.facts().type(c.facts().TypeOf(error));
  if (type.kind != facts::TypeKind::kUnion) return ClassOf(c, error) != kNoNode;
  for (facts::TypeId member : type.members) {
    if (!ClassOf(c, member)) return false;
  }
  return true;
}

bool MayBeKeyError(Context& c, NodeId error) {
  const facts::Type& type = c.facts().type(c.facts().TypeOf(error));
  const auto is_key = [](const facts::Type& one) {
    return one.name == "KeyError" || one.name == "LookupError" || one.name == "Exception" || one.name == "BaseException";
  };
  bool found = is_key(type);
  for (facts::TypeId member : type.members) found = found || is_key(c.facts().type(member));
  return found;
}

bool IsKeyError(Context& c, NodeId error) { return c.facts().type(c.facts().TypeOf(error)).name == "KeyError"; }

// Does the file read the `args` of what may be a KeyError? Then its class keeps the key.
struct KeyReads {
  bool some = false;

  explicit KeyReads(Context& c) {
    bool reads = false;
    bool raises = false;
    for (std::uint32_t i = 1; i < c.src().size() && !some; ++i) {
      NodeId node{i};
      if (auto attribute = c.As<Attribute>(node); attribute && attribute.name() == "args") {
        some = IsKeyError(c, attribute.object());
        reads = reads || MayBeKeyError(c, attribute.object());
      }
      if (auto place = c.As<Subscript>(node)) {
        raises = raises || (Only(c, place.object(), kObject | kMap) && IsCaught(c, node, "KeyError"));
      }
      raises = raises || (c.src().Is(node, NodeKind::kName) && c.src().text(node) == "KeyError");
    }
    some = some || (reads && raises);
  }
};

// What the first of `args` is.
NodeId FirstArg(Context& c, NodeId error, NodeId origin) {
  if (IsKeyError(c, error)) return c.NewAttribute(c.Expr(error), "key", origin);
  if (KeepsKeys(c) && MayBeKeyError(c, error) && c.IsPure(error)) {
    return Js(c, "$E.key ?? $E.message", {{"E", c.Expr(error)}}, origin);
  }
  return c.NewAttribute(c.Expr(error), "message", origin);
}

// Does the file ask for the names of errors: `type(e).__name__`, `repr(e)`, a printed list of them?
struct NameReads {
  bool some = false;

  explicit NameReads(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size() && !some; ++i) {
      NodeId node{i};
      if (auto attribute = c.As<Attribute>(node); attribute && attribute.name() == "__name__") {
        auto call = c.As<Call>(attribute.object());
        auto type = c.As<Attribute>(attribute.object());
        bool of_type =
            call && call.args().size() == 1 && c.facts().ResolvedName(call.callee()) == "type";
        NodeId value = of_type                              ? call.args()[0]
                       : type && type.name() == "__class__" ? type.object()
                                                            : kNoNode;
        some = value && (KindsOf(c, value) & (kError | kUnknown)) != 0;
        // The class that `__exit__` is handed.
        auto around = c.As<Method>(c.facts().EnclosingFunction(node));
        some = some || (around && (around.name() == "__exit__" || around.name() == "__aexit__"));
      } else if (auto format = c.As<FormatValue>(node)) {
        some = format.conversion() == "r" && MayBeError(c, format.value());
      } else if (auto call = c.As<Call>(node)) {
        std::string name = c.facts().ResolvedName(call.callee());
        for (NodeId arg : call.args()) {
          if (!HasCategory(c.src().kind(arg), category::Expr)) continue;
          some = some || (name == "repr" && MayBeError(c, arg));
          some = some || (name == "print" && HoldsErrors(c, arg));
        }
      }
    }
  }
};

// Does the file gather errors among results?
struct Gathers {
  bool errors = false;
  explicit Gathers(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size() && !errors; ++i) {
      auto keyword = c.As<Keyword>(NodeId{i});
      errors = keyword && keyword.name() == "return_exceptions";
    }
  }
};

// `err.args[0]`: the message. Others: what the class of the file kept.
std::optional<NodeId> TranslateArgsItem(Context& c, NodeId id) {
  auto place = c.As<Subscript>(id);
  auto attribute = c.As<Attribute>(place.object());
  if (!attribute || attribute.name() != "args" || !OnlyOrNone(c, attribute.object(), kError))
    return std::nullopt;
  if (IsOfFile(c, attribute.object()) && KeepsArgs(c)) return std::nullopt;
  if (LiteralInt(c, place.index()) != std::optional<long long>(0))
    return c.Refuse(id, "builtin-exception-mapping");
  return FirstArg(c, attribute.object(), id);
}

std::optional<NodeId> TranslateArgs(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  if (attribute.name() != "args" || !OnlyOrNone(c, attribute.object(), kError)) return std::nullopt;
  if (IsOfFile(c, attribute.object())) return std::nullopt;
  return c.New(make::List{.elements = {FirstArg(c, attribute.object(), {})}}, id);
}

// Where and in what the text went wrong: JavaScript's SyntaxError tells only in its message.
std::optional<NodeId> RefusePlaceInText(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  const std::string_view name = attribute.name();
  if (name != "lineno" && name != "colno" && name != "pos" && name != "doc") return std::nullopt;
  const std::string& type = c.facts().type(c.facts().TypeOf(attribute.object())).name;
  if (type != "json.JSONDecodeError" && type != "json.decoder.JSONDecodeError") return std::nullopt;
  return c.Refuse(id, "dynamic-attribute", {{"name", std::string(name)}});
}

}  // namespace

bool HoldsErrors(Context& c, NodeId list) {
  unsigned element = KindsOf(c, ElementOf(c, list));
  return Only(c, list, kArray) && (element & kError) != 0 && (element & kUnknown) == 0;
}

bool MayBeError(Context& c, NodeId id) {
  if (!HasCategory(c.src().kind(id), category::Expr)) return false;
  const unsigned kinds = KindsOf(c, id);
  // Of a task, most likely.
  auto call = c.As<Call>(id);
  if (call && call.args().empty() && c.MethodName(id) == "exception") return true;
  if ((kinds & kUnknown) != 0) return c.src().Is(id, NodeKind::kName) && c.State<Gathers>().errors;
  return (kinds & kError) != 0;
}

NodeId MixedText(Context& c, NodeId id, NodeId value) {
  if (May(c, id, kContainer)) {
    NodeId shown = c.NewCall(c.Library("node:util:inspect"), {CopyTarget(c, value)});
    // A text is not shown in quotes.
    if (May(c, id, kText)) shown = Js(c, "typeof $X === \"string\" ? $X : $I", {{"X", CopyTarget(c, value)}, {"I", shown}});
    if (c.IsPure(id)) return Js(c, "$X instanceof Error ? $X.message : $I", {{"X", value}, {"I", shown}}, id);
    c.Say("stringify-differs", id);
  }
  if (c.IsPure(id)) return Js(c, "$X instanceof Error ? $X.message : $X", {{"X", value}}, id);
  return c.NewCall(Local(c, "messageOrValue"), {value}, id);
}

NodeId MixedRepr(Context& c, NodeId id, NodeId value) {
  Local(c, "reprError");
  if (!c.IsPure(id)) return c.NewCall(Local(c, "repr"), {value}, id);
  NodeId other = c.NewCall(c.Library("node:util:inspect"), {CopyTarget(c, value)});
  return Js(c, "$X instanceof Error ? $R : $I",
            {{"X", value}, {"R", ErrorRepr(c, CopyTarget(c, value))}, {"I", other}}, id);
}

bool ReadsErrorNames(Context& c) { return c.State<NameReads>().some; }

NodeId ErrorRepr(Context& c, NodeId target) { return c.NewCall(Local(c, "reprError"), {target}); }

NodeId ErrorListText(Context& c, NodeId list) {
  NodeId shown = ErrorRepr(c, c.NewName("item"));
  if (!Only(c, ElementOf(c, list), kError)) {
    shown = Js(c, "item instanceof Error ? $R : $I(item)",
               {{"R", shown}, {"I", c.Library("node:util:inspect")}});
  }
  NodeId items =
      c.NewCall(c.NewAttribute(c.Expr(list), "map"), {Arrow(c, {c.NewName("item")}, shown)});
  return NewTemplate(
      c, {c.NewString("["), Js(c, "$X.join(\", \")", {{"X", items}}), c.NewString("]")}, list);
}

bool KeepsArgs(Context& c) { return c.State<Reads>().arguments; }
bool PrintsErrors(Context& c) { return c.State<Reads>().texts; }

bool KeepsKeys(Context& c) { return c.State<KeyReads>().some; }

NodeId KeyErrorMessage(Context& c, NodeId source_key, NodeId key) {
  if (!PrintsErrors(c) || KeepsKeys(c)) return key;
  if (Only(c, source_key, kNumber)) return key;
  if (auto text = ir::As<String>(c.dst(), key)) {
    if (text.value().find_first_of("'\\\n") == std::string_view::npos)
      return c.NewString("'" + std::string(text.value()) + "'");
  }
  return c.NewCall(c.Library("node:util:inspect"), {key});
}

// A class right below one of the library, without a constructor of its own.
void AddArgsConstructor(Context& c, NodeId class_def, NodeList& members) {
  if (!KeepsArgs(c) || BaseInFile(c, class_def) || FindMethod(c, class_def, "__init__")) return;
  NodeList body;
  body.push_back(c.NewExprStmt(c.New(make::SuperCall{.args = {Js(c, "args[0]", {})}}, {})));
  JsStatements(c, "this.args = args;", {}, {}, body);
  NodeId rest = c.New(make::Param{.target = c.NewName("args"), .kind = ParamKind::kRest}, {});
  members.push_back(c.New(
      make::Method{
          .params = {rest}, .body = c.NewBlock(std::move(body)), .kind = MethodKind::kConstructor},
      {}));
}

void RegisterErrorArgs(Topics& t) {
  t.Claim(NodeKind::kSubscript, Order::kBeforeCards, &TranslateArgsItem);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateArgs);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &RefusePlaceInText);
}

}  // namespace asyncport::translate::to_js
