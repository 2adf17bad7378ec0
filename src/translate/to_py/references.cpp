// Names, `new` and calls that no card or other topic took.
// Example: `new Point(1, 2)` -> `Point(1, 2)`; `f(x, { role: "a" })` -> `f(x, role="a")`.
#include <string_view>
#include <unordered_set>
#include <utility>

#include "translate/to_py/objects.h"
#include "translate/quote.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

// Globals of JavaScript that no card or topic took, and that nothing in Python answers to.
bool IsJsGlobal(std::string_view name) {
  static const std::unordered_set<std::string_view> kNames = {"Array",
                                                              "ArrayBuffer",
                                                              "Atomics",
                                                              "BigInt",
                                                              "Boolean",
                                                              "Buffer",
                                                              "DataView",
                                                              "Date",
                                                              "FinalizationRegistry",
                                                              "Float32Array",
                                                              "Float64Array",
                                                              "Function",
                                                              "Int16Array",
                                                              "Int32Array",
                                                              "Int8Array",
                                                              "Intl",
                                                              "JSON",
                                                              "Map",
                                                              "Math",
                                                              "Number",
                                                              "Object",
                                                              "Promise",
                                                              "Proxy",
                                                              "Reflect",
                                                              "RegExp",
                                                              "Set",
                                                              "SharedArrayBuffer",
                                                              "String",
                                                              "Symbol",
                                                              "TextDecoder",
                                                              "TextEncoder",
                                                              "URL",
                                                              "URLSearchParams",
                                                              "Uint16Array",
                                                              "Uint32Array",
                                                              "Uint8Array",
                                                              "WeakMap",
                                                              "WeakRef",
                                                              "WeakSet",
                                                              "atob",
                                                              "btoa",
                                                              "console",
                                                              "escape",
                                                              "eval",
                                                              "fetch",
                                                              "globalThis",
                                                              "isFinite",
                                                              "isNaN",
                                                              "performance",
                                                              "process",
                                                              "queueMicrotask", "require",
                                                              "structuredClone",
                                                              "unescape"};
  return kNames.contains(name);
}

std::optional<NodeId> TranslateName(Context& c, NodeId id) {
  facts::BindingId binding = c.facts().BindingOf(id);
  std::string_view text = c.src().text(id);
  if (NodeId substitute = binding ? c.SubstituteOf(binding) : kNoNode) return CopyTarget(c, substitute);
  if (binding && c.facts().binding(binding).kind == facts::BindingKind::kImport) {
    const std::string& path = c.facts().binding(binding).path;
    if (path.starts_with("node:")) return c.Refuse(id, "library-no-counterpart", {{"name", path}});
    UsePackage(c, id);
  }
  if (binding && c.facts().binding(binding).kind == facts::BindingKind::kFree) {
    if (!IsCallee(c, id) && !c.As<ir::New>(c.facts().Parent(id)) &&
        !c.As<Binary>(c.facts().Parent(id))) {
      if (NodeId function = LibraryFunction(c, c.facts().ResolvedName(id), id)) return function;
    }
    if (text == "NaN") return c.Library("math.nan", id);
    if (text == "Infinity") return c.Library("math.inf", id);
    if (text == "undefined") return c.New(make::Null{}, id);
    if (IsJsGlobal(text))
      return c.Refuse(id, "untranslated", {{"reason", "`" + std::string(text) + "`"}});
    if (text == "__dirname")
      return c.NewAttribute(c.NewCall(c.Library("pathlib:Path"), {c.NewName("__file__")}), "parent",
                            id);
    static constexpr std::pair<std::string_view, std::string_view> kErrors[] = {
        {"Error", "Exception"},          {"TypeError", "TypeError"},
        {"RangeError", "ValueError"},    {"SyntaxError", "ValueError"},
        {"ReferenceError", "NameError"}, {"AggregateError", "ExceptionGroup"}};
    for (auto [js, py] : kErrors) {
      if (text != js || c.facts().ResolvedName(id) != js) continue;
      if (text == "AggregateError") c.SayOnce("aggregate-error-exception-group", id);
      if (NodeId named = NamedErrorClass(c, js)) return named;
      return c.NewName(py, id);
    }
  }
  return c.NewName(c.TargetName(id), id);
}

std::optional<NodeId> TranslateUndefined(Context& c, NodeId id) { return c.New(make::Null{}, id); }

// Of the name that an attribute is taken from.
facts::BindingId RootBinding(Context& c, NodeId id) {
  while (auto attribute = c.As<Attribute>(id)) id = attribute.object();
  return c.src().Is(id, NodeKind::kName) ? c.facts().BindingOf(id) : facts::BindingId{};
}

// `new C(a)` -> `C(a)`.
std::optional<NodeId> TranslateNew(Context& c, NodeId id) {
  auto made = c.As<ir::New>(id);
  std::string name = c.facts().ResolvedName(made.callee());
  facts::BindingId root = RootBinding(c, made.callee());
  const bool imported = root && c.facts().binding(root).kind == facts::BindingKind::kImport &&
                        !c.facts().binding(root).path.starts_with("node:");
  if (!name.empty() && !imported && !c.facts().CalleeDefinition(id) &&
      name.find('#') == std::string::npos) {
    return c.Refuse(id, "untranslated", {{"reason", "`new " + name + "`"}});
  }
  return c.NewCall(c.Expr(made.callee()), c.Exprs(made.args()), id);
}

// Calls of functions whose last parameter became keywords: `f(x, { role: "a" })` -> `f(x, role="a")`. Trailing
// `undefined` arguments take the default.
std::optional<NodeId> TranslateCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  NodeId function = c.facts().CalleeDefinition(id);
  // Whoever translates `f?.()` has asked for `f` before.
  auto plain = [&]() -> std::optional<NodeId> {
    if (!call.is_optional()) return std::nullopt;
    return c.NewCall(c.Expr(call.callee()), c.Exprs(call.args()), id);
  };
  if (!function || c.src().Is(function, NodeKind::kClassDef)) return plain();
  if (!TakesKeywords(c, function)) return plain();
  auto params = c.As<FunctionDef>(function)    ? c.As<FunctionDef>(function).params()
                : c.As<FunctionExpr>(function) ? c.As<FunctionExpr>(function).params()
                                               : c.As<Lambda>(function).params();
  if (call.args().size() != params.size()) return plain();
  NodeList args;
  for (std::size_t i = 0; i + 1 < call.args().size(); ++i) args.push_back(c.Expr(call.args()[i]));
  for (NodeId e : c.As<Dict>(call.args().back()).entries()) {
    auto entry = c.As<DictEntry>(e);
    std::string name;
    for (NodeId p : c.As<ObjectPattern>(c.As<Param>(params.back()).target()).properties()) {
      auto property = c.As<PropertyPattern>(p);
      if (c.src().text(property.key()) != c.src().text(entry.key())) continue;
      auto with_default = c.As<DefaultPattern>(property.target());
      name = c.TargetName(with_default ? with_default.target() : property.target());
    }
    if (name.empty()) continue;  // a property that the function never reads
    args.push_back(c.NewKeyword(name, c.Expr(entry.value()), e));
  }
  return c.NewCall(c.Expr(call.callee()), std::move(args), id);
}

// `Object.freeze(o)` -> `o`: constants are kept by convention.
std::optional<NodeId> TranslateFreeze(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "Object.freeze") && !c.IsCallTo(id, "Object.seal") &&
      !c.IsCallTo(id, "Object.preventExtensions"))
    return std::nullopt;
  auto args = c.As<Call>(id).args();
  if (args.size() != 1 || c.src().Is(args[0], NodeKind::kSpread)) return std::nullopt;
  c.SayOnce("freeze-is-convention", id);
  return c.Expr(args[0]);
}

}  // namespace

void RegisterReferences(Topics& t) {
  t.Claim(NodeKind::kName, Order::kAfterCards, &TranslateName);
  t.Claim(NodeKind::kUndefined, Order::kAfterCards, &TranslateUndefined);
  t.Claim(NodeKind::kNew, Order::kAfterCards, &TranslateNew);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateFreeze);
  t.Claim(NodeKind::kCall, Order::kAfterCards, &TranslateCall);
}

}  // namespace asyncport::translate::to_py
