// Names of functions as values: where the file reads `fn.__name__`, a function whose name is spelt in another way here
// keeps Python's as its `name`.
// Example: `register(send_mail)` -> `Object.defineProperty(sendMail, "name", { value: "send_mail" })` after its definition.
#include <algorithm>
#include <string>

#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

// Names of functions that the file reads as values: `fn.__name__`, `getattr(fn, "__name__", "?")`.
struct FunctionNames {
  bool read = false;

  explicit FunctionNames(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size() && !read; ++i) {
      auto attribute = c.As<Attribute>(NodeId{i});
      auto text = c.As<String>(NodeId{i});
      if (text) read = text.value() == "__name__" || text.value() == "__qualname__";
      if (!attribute || (attribute.name() != "__name__" && attribute.name() != "__qualname__"))
        continue;
      // The name of a type is no function's.
      auto type = c.As<Call>(attribute.object());
      bool of_type = type && c.facts().ResolvedName(type.callee()) == "type";
      auto own = c.As<Attribute>(attribute.object());
      of_type = of_type || (own && own.name() == "__class__");
      read = !of_type && c.facts().KindOf(attribute.object()) != facts::TypeKind::kClass;
    }
  }
};

}  // namespace

bool ReadsFunctionNames(Context& c) { return c.State<FunctionNames>().read; }

bool KeepsName(Context& c, NodeId id) {
  auto function = c.As<FunctionDef>(id);
  if (!function || !c.State<FunctionNames>().read) return false;
  if (c.TargetName(function.name()) == c.src().text(function.name())) return false;
  facts::BindingId binding = c.facts().BindingOf(function.name());
  if (!binding) return false;
  if (!function.decorators().empty()) return true;
  const NodeList& reads = c.facts().binding(binding).reads;
  return std::any_of(reads.begin(), reads.end(), [&](NodeId read) {
    auto call = c.As<Call>(c.facts().Parent(read));
    return read != function.name() && !(call && call.callee() == read);
  });
}

// Functions say their names themselves (KeepsName); methods do not.
void SayRenamedFunctions(Context& c, NodeId origin) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    auto read = c.As<Attribute>(NodeId{i});
    if (!read) continue;
    auto call = c.As<Call>(c.facts().Parent(NodeId{i}));
    if (call && call.callee() == NodeId{i}) continue;
    const facts::Type& type = c.facts().type(c.facts().TypeOf(NodeId{i}));
    auto method = type.kind == facts::TypeKind::kFunction ? c.As<Method>(type.decl) : Method();
    if (!method || c.names().Member(method.name(), false) == method.name()) continue;
    c.SayOnce("dynamic-attribute", origin, {{"name", "__name__"}});
    return;
  }
}

}  // namespace asyncport::translate::to_js
