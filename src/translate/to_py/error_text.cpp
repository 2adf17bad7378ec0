// Errors as text: JavaScript shows an error as "Name: message", Python as its message alone; and the names of the
// built-in ones differ, which nobody sees until they are printed. Does not translate `e.message` (objects.cpp).
// Example: `failed: ${err}` -> f"failed: {type(err).__name__}: {err}".
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;

namespace {

// Built-in errors that have another name in Python.
bool HasOtherName(std::string_view js) {
  return js == "Error" || js == "RangeError" || js == "ReferenceError" || js == "SyntaxError" ||
         js == "EvalError" || js == "URIError" || js == "AggregateError";
}

struct Raised {
  bool is_filled = false;
  bool other_names = false;
};

// Does the file itself make such an error?
bool RaisesOtherNames(Context& c) {
  Raised& raised = c.State<Raised>();
  if (raised.is_filled) return raised.other_names;
  raised.is_filled = true;
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    const NodeId id{i};
    NodeId callee;
    if (auto made = c.As<ir::New>(id)) callee = made.callee();
    if (auto call = c.As<Call>(id)) callee = call.callee();
    if (callee && c.src().Is(callee, NodeKind::kName) &&
        HasOtherName(c.facts().ResolvedName(callee))) {
      raised.other_names = true;
    }
  }
  return raised.other_names;
}

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

void SayErrorName(Context& c, NodeId error) {
  if (!IsOwnError(c, error) && RaisesOtherNames(c)) c.SayOnce("error-name", error);
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
