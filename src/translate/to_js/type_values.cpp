// See type_values.h.
#include "translate/to_js/type_values.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

struct TypeClass {
  std::string_view python;
  std::string_view js;
};
constexpr TypeClass kClasses[] = {{"str", "String"}, {"int", "Number"},  {"float", "Number"}, {"bool", "Boolean"},
                                  {"list", "Array"}, {"tuple", "Array"}, {"set", "Set"},      {"dict", "Object"}};

bool IsFreeName(Context& c, NodeId id) {
  if (!c.src().Is(id, NodeKind::kName)) return false;
  facts::BindingId binding = c.facts().BindingOf(id);
  return !binding || c.facts().binding(binding).kind == facts::BindingKind::kFree;
}

bool IsBuiltinType(Context& c, NodeId id) {
  return IsFreeName(c, id) && std::any_of(std::begin(kClasses), std::end(kClasses), [&](const TypeClass& row) {
           return row.python == c.src().text(id);
         });
}

// Is what stands there no fixed type: a variable, a parameter, an element?
bool IsOpen(Context& c, NodeId type) {
  const NodeKind kind = c.src().kind(type);
  if (kind != NodeKind::kName && kind != NodeKind::kAttribute && kind != NodeKind::kSubscript) return false;
  if (IsFreeName(c, type) || ClassInFile(c, type) || AliasedType(c, type)) return false;
  return c.facts().ResolvedName(type).empty();
}

// A file that tests values with types in variables, and hands Python's own types around.
struct TypeValues {
  bool tested = false;
  bool ints = false;
  bool floats = false;
  bool some = false;

  explicit TypeValues(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      NodeId node{i};
      if (auto call = c.As<Call>(node); call && call.args().size() == 2) {
        tested = tested || (c.facts().ResolvedName(call.callee()) == "isinstance" && IsOpen(c, call.args()[1]));
      }
      if (!IsBuiltinType(c, node) || !IsHandedOn(c, node)) continue;
      some = true;
      ints = ints || c.src().text(node) == "int";
      floats = floats || c.src().text(node) == "float";
    }
    some = some && tested;
  }

  static bool IsHandedOn(Context& c, NodeId id) {
    NodeId parent = c.facts().Parent(id);
    if (c.src().Is(parent, NodeKind::kKeyword) || c.src().Is(parent, NodeKind::kDictEntry)) return true;
    if (c.src().Is(parent, NodeKind::kTuple) || c.src().Is(parent, NodeKind::kList)) {
      NodeId above = c.facts().Parent(parent);
      return c.src().Is(above, NodeKind::kDictEntry) || c.src().Is(above, NodeKind::kList) || c.src().Is(above, NodeKind::kKeyword);
    }
    auto call = c.As<Call>(parent);
    if (!call || call.callee() == id) return false;
    return !IsFreeName(c, call.callee());  // not map(int, ...), isinstance(x, int)
  }
};

}  // namespace

bool IsTypeValue(Context& c, NodeId expression) {
  if (!c.State<TypeValues>().some) return false;
  const NodeKind kind = c.src().kind(expression);
  if (kind != NodeKind::kName && kind != NodeKind::kAttribute && kind != NodeKind::kSubscript) return false;
  if (ClassInFile(c, expression) || IsFreeName(c, expression)) return false;
  return c.facts().KindOf(expression) != facts::TypeKind::kFunction;
}

std::string_view ClassForType(Context& c, std::string_view python) {
  if (!c.State<TypeValues>().some) return {};
  for (const TypeClass& row : kClasses) {
    if (row.python == python) return row.js;
  }
  return {};
}

bool HandsFloats(Context& c) { return c.State<TypeValues>().floats && !c.State<TypeValues>().ints; }
bool MixesNumbers(Context& c) { return c.State<TypeValues>().ints && c.State<TypeValues>().floats; }

}  // namespace asyncport::translate::to_js
