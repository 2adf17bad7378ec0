// Errors as text: JavaScript shows an error as "Name: message", Python as its message alone; and the names of the
// built-in ones differ, which nobody sees until they are printed. Does not translate `e.message` (objects.cpp).
// Example: `failed: ${err}` -> f"failed: {type(err).__name__}: {err}".
#include "translate/quote.h"
#include "translate/to_py/caught_names.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;

namespace {

// Built-in errors that have another name in Python.
bool HasOtherName(std::string_view js) {
  return js == "Error" || js == "RangeError" || js == "ReferenceError" || js == "SyntaxError" ||
         js == "EvalError" || js == "URIError" || js == "AggregateError";
}

bool IsErrorType(Context& c, facts::TypeId id) {
  const facts::Type& type = c.facts().type(id);
  if (type.kind != facts::TypeKind::kInstance) return false;
  if (type.name == "Error" || type.name.ends_with("Error")) return true;
  // A class of the file, by what it extends.
  auto klass = c.As<ClassDef>(type.decl);
  for (int depth = 0; klass && depth < 20 && !klass.bases().empty(); ++depth) {
    NodeId base = klass.bases()[0];
    std::string path = c.facts().ResolvedName(base);
    if (path == "Error" || path.ends_with("Error")) return true;
    const facts::Type& parent = c.facts().type(c.facts().TypeOf(base));
    klass = parent.decl ? c.As<ClassDef>(parent.decl) : ClassDef();
  }
  return false;
}

// What the file does with errors.
struct ErrorNames {
  explicit ErrorNames(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      const NodeId id{i};
      NodeId callee;
      if (auto made = c.As<ir::New>(id)) callee = made.callee();
      if (auto call = c.As<Call>(id)) callee = call.callee();
      if (callee) {
        std::string path = c.facts().ResolvedName(callee);
        if (c.src().Is(callee, NodeKind::kName) && HasOtherName(path)) made.insert(path);
        runtime = runtime || path == "JSON.parse" || path == "Promise.any" ||
                  (path == "AggregateError" && !HasOwnAggregate(c)) || path == "decodeURIComponent" || path == "URL";
      }
      shown = shown || Shows(c, id);
    }
  }
  bool shown = false;
  bool runtime = false;                     // the runtime makes some as well
  std::unordered_set<std::string> made;  // by the file itself

 private:
  static bool Shows(Context& c, NodeId id) {
    if (auto attribute = c.As<Attribute>(id); attribute && attribute.name() == "name") {
      auto owner = c.As<Attribute>(attribute.object());
      return IsError(c, attribute.object()) ||
             (owner && (owner.name() == "constructor" || owner.name() == "reason"));
    }
    if (auto property = c.As<PropertyPattern>(id)) {
      return c.src().text(property.key()) == "name" &&
             c.src().Is(c.facts().Parent(c.facts().Parent(id)), NodeKind::kCatchClause);
    }
    if (auto text = c.As<Template>(id)) {
      for (NodeId part : text.parts()) {
        if (!c.src().Is(part, NodeKind::kString) && IsError(c, part)) return true;
      }
      return false;
    }
    if (auto sum = c.As<Binary>(id); sum && sum.op() == BinaryOp::kAdd)
      return IsError(c, sum.left()) || IsError(c, sum.right());
    auto call = c.As<Call>(id);
    if (!call) return false;
    if (c.MethodName(id) == "toString" && call.args().empty())
      return IsError(c, c.As<Attribute>(call.callee()).object());
    return c.IsCallTo(id, "String") && call.args().size() == 1 && IsError(c, call.args()[0]);
  }
};

// An instance of a class of the file.
bool IsOwnError(Context& c, NodeId error) {
  const facts::Type& type = c.facts().type(c.facts().TypeOf(error));
  return type.kind == facts::TypeKind::kInstance && c.src().Is(type.decl, NodeKind::kClassDef);
}

bool WritesItsOwnText(Context& c, NodeId error) {
  const facts::Type& type = c.facts().type(c.facts().TypeOf(error));
  auto klass = c.As<ClassDef>(type.decl);
  if (!klass) return false;
  for (NodeId member : c.As<ir::Block>(klass.body()).statements()) {
    auto method = c.As<Method>(member);
    if (method && method.name() == "toString") return true;
  }
  return false;
}

// `String(err)`, `err.toString()`
std::optional<NodeId> TranslateErrorString(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  NodeId error;
  if (method && method.name() == "toString" && call.args().empty() && !method.is_optional())
    error = method.object();
  if (c.IsCallTo(id, "String") && call.args().size() == 1) error = call.args()[0];
  if (!error || !IsError(c, error) || !c.IsPure(error) || WritesItsOwnText(c, error))
    return std::nullopt;
  NodeList parts;
  AppendErrorText(c, error, parts);
  return c.New(make::Template{.parts = std::move(parts)}, id);
}

}  // namespace

namespace {

// A variable that only goes along causes: `for (let e = err; e; e = e.cause)`.
bool GoesAlongCauses(Context& c, facts::BindingId id) {
  const facts::Binding& b = c.facts().binding(id);
  if (b.kind != facts::BindingKind::kVariable || b.writes.size() != 2) return false;
  bool from_error = false;
  for (NodeId write : b.writes) {
    auto assign = c.As<Assign>(c.facts().Parent(write));
    if (!assign || !assign.value() || assign.targets().size() != 1) return false;
    auto cause = c.As<Attribute>(assign.value());
    const bool next = cause && cause.name() == "cause" &&
                      c.src().Is(cause.object(), NodeKind::kName) &&
                      c.facts().BindingOf(cause.object()) == id;
    if (next) continue;
    if (!IsError(c, assign.value())) return false;
    from_error = true;
  }
  return from_error;
}

}  // namespace

bool IsError(Context& c, NodeId object) {
  if (c.src().Is(object, NodeKind::kName)) {
    facts::BindingId binding = c.facts().BindingOf(object);
    if (IsCaughtName(c, object)) return true;
    if (binding && GoesAlongCauses(c, binding)) return true;
  }
  if (auto cause = c.As<Attribute>(object);
      cause && cause.name() == "cause" && IsError(c, cause.object()))
    return true;
  facts::TypeId type = c.facts().TypeOf(object);
  if (c.facts().type(type).kind != facts::TypeKind::kUnion) return IsErrorType(c, type);
  // An error or nothing: where something is asked of it, it is one.
  bool error = false;
  for (facts::TypeId member : c.facts().type(type).members) {
    facts::TypeKind kind = c.facts().type(member).kind;
    if (kind == facts::TypeKind::kNull || kind == facts::TypeKind::kUndefined) continue;
    if (!IsErrorType(c, member)) return false;
    error = true;
  }
  return error;
}

NodeId NamedErrorToRaise(Context& c, std::string_view js) {
  const ErrorNames& names = c.State<ErrorNames>();
  if (!names.shown || !names.made.contains(std::string(js))) return kNoNode;
  if (js == "Error") {
    return DefineOnce(c, "Error", R"(
class Error(Exception):
    """Something went wrong."""
)");
  }
  if (js == "RangeError") {
    return DefineOnce(c, "RangeError", R"(
class RangeError(ValueError):
    """A value outside of what is allowed."""
)");
  }
  // Python has these names as well.
  if (js == "SyntaxError" || js == "ReferenceError") return c.NewName(js);
  return kNoNode;
}

NodeId NamedErrorClass(Context& c, std::string_view js) {
  if (js == "Error") return kNoNode;
  if (js == "AggregateError") return HasOwnAggregate(c) ? AggregateClass(c) : kNoNode;
  NodeId named = NamedErrorToRaise(c, js);
  if (!named || js != "SyntaxError" || !c.State<ErrorNames>().runtime) return named;
  return c.New(make::Tuple{.elements = {named, c.Library("json.JSONDecodeError")},
                           .is_parenthesised = true},
               {});
}

void SayErrorName(Context& c, NodeId error) {
  if (!IsOwnError(c, error) && c.State<ErrorNames>().runtime) c.SayOnce("error-name", error);
}

namespace {

// What `this.name` is set to by the class itself: a text; "*" for what is only known when it runs; nothing.
std::string NameSetBy(Context& c, ClassDef owner) {
  std::string found;
  auto take = [&](NodeId value) {
    auto text = value ? c.As<String>(value) : String();
    found = text ? std::string(text.value()) : "*";
  };
  auto visit = [&](auto&& self, NodeId id) -> void {
    if (auto assign = c.As<Assign>(id); assign && assign.targets().size() == 1) {
      auto target = c.As<Attribute>(assign.targets()[0]);
      if (target && target.name() == "name" && c.src().Is(target.object(), NodeKind::kSelfRef))
        take(assign.value());
    }
    c.src().ForEachChild(id, [&](NodeId child) { self(self, child); });
  };
  for (NodeId member : c.As<ir::Block>(owner.body()).statements()) {
    auto field = c.As<Field>(member);
    if (field && !field.is_static() && field.name() == "name") take(field.value());
    auto method = c.As<Method>(member);
    if (method && method.name() == "name") found = "*";
    if (method && method.kind() == MethodKind::kConstructor) visit(visit, method.body());
  }
  return found;
}

// What JavaScript shows for errors of the class.
std::string NameShown(Context& c, ClassDef owner, int depth) {
  if (std::string own = NameSetBy(c, owner); !own.empty() || owner.bases().empty() || depth > 16)
    return own.empty() ? "*" : own;
  const NodeId base = owner.bases()[0];
  const std::string path = c.facts().ResolvedName(base);
  if (path == "Error" || path.ends_with("Error")) return path;
  const facts::Type& parent = c.facts().type(c.facts().TypeOf(base));
  auto up = parent.decl ? c.As<ClassDef>(parent.decl) : ClassDef();
  return up ? NameShown(c, up, depth + 1) : "*";
}

}  // namespace

void SayOwnErrorName(Context& c, NodeId class_def) {
  auto owner = c.As<ClassDef>(class_def);
  if (!owner || owner.bases().empty() || !c.State<ErrorNames>().shown) return;
  const facts::BindingId binding = c.facts().BindingOf(owner.name());
  const auto& reads = c.facts().binding(binding).reads;
  // Named for more than to be extended or to be asked about.
  const bool made = std::any_of(reads.begin(), reads.end(), [&](NodeId read) {
    const NodeId parent = c.facts().Parent(read);
    return !c.src().Is(parent, NodeKind::kClassDef) && !c.src().Is(parent, NodeKind::kBinary) &&
           !c.src().Is(parent, NodeKind::kExport);
  });
  const std::string shown = made ? NameShown(c, owner, 0) : "*";
  const std::string name(c.src().text(owner.name()));
  if (shown == "*" || shown == name) return;
  c.Say("error-class-name", class_def, {{"shown", shown}, {"name", c.TargetName(owner.name())}});
}

bool AppendErrorText(Context& c, NodeId error, NodeList& parts) {
  if (!IsError(c, error) || !c.IsPure(error) || WritesItsOwnText(c, error)) return false;
  SayErrorName(c, error);
  NodeId type = c.NewCall(c.NewName("type"), {c.Expr(error)});
  parts.push_back(c.NewAttribute(type, "__name__", error));
  parts.push_back(c.NewString(": "));
  parts.push_back(c.Expr(error));
  return true;
}

void RegisterErrorText(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateErrorString);
}

}  // namespace asyncport::translate::to_py
