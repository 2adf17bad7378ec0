// What Python's special methods are called here, and small questions that all files about classes ask.
// Example: DunderName("__len__") is "length".
#include <algorithm>
#include <utility>

#include "translate/to_js/class_parts.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

constexpr Dunder kDunders[] = {
    {"__str__", "toString"},
    {"__repr__", "inspect"},
    {"__len__", "length", MethodKind::kGetter},
    {"__getitem__", "get"},
    {"__setitem__", "set"},
    {"__delitem__", "delete"},
    {"__contains__", "has"},
    {"__call__", "call"},
    {"__bool__", "isTruthy"},
    {"__eq__", "equals"},
    {"__ne__", "differs"},
    {"__lt__", "isLess"},
    {"__le__", "isAtMost"},
    {"__gt__", "isGreater"},
    {"__ge__", "isAtLeast"},
    {"__add__", "plus"},
    {"__radd__", "addedTo"},
    {"__iadd__", "add"},
    {"__sub__", "minus"},
    {"__rsub__", "subtractedFrom"},
    {"__isub__", "subtract"},
    {"__mul__", "times"},
    {"__rmul__", "multiplying"},
    {"__imul__", "multiply"},
    {"__truediv__", "dividedBy"},
    {"__rtruediv__", "dividing"},
    {"__floordiv__", "floorDividedBy"},
    {"__mod__", "modulo"},
    {"__divmod__", "dividedWithRest"},
    {"__pow__", "power"},
    {"__matmul__", "dot"},
    {"__neg__", "negated"},
    {"__pos__", "unchanged"},
    {"__invert__", "inverted"},
    {"__or__", "union"},
    {"__and__", "intersection"},
    {"__xor__", "symmetricDifference"},
    {"__lshift__", "shiftedLeft"},
    {"__rshift__", "shiftedRight"},
    {"__abs__", "abs"},
    {"__round__", "rounded"},
    {"__reversed__", "reversed"},
    {"__format__", "format"},
    {"__enter__", "enter"},
    {"__exit__", "exit"},
    {"__aenter__", "open"},
    {"__aexit__", "close"},
    {"__iter__", "Symbol.iterator"},
    {"__aiter__", "Symbol.asyncIterator"},
    {"__next__", "next"},
    {"__anext__", "next"},
    {"__hash__", "hash"},
    {"__int__", "valueOf"},
    {"__float__", "valueOf"},
    {"__post_init__", "postInit"},
    {"__getattr__", "getMissing"},
    {"__set_name__", "setName"},
    {"__get__", "get"},
    {"__set__", "set"},
    {"__init_subclass__", "initSubclass"},
};

}  // namespace

const Dunder* FindDunder(std::string_view name) {
  for (const Dunder& row : kDunders) {
    if (row.python == name) return &row;
  }
  return nullptr;
}

bool IsDunder(std::string_view name) {
  return name.size() > 4 && name.starts_with("__") && name.ends_with("__");
}

std::string_view DunderName(std::string_view python) {
  const Dunder* row = FindDunder(python);
  return row ? row->js : std::string_view();
}

bool HasDecorator(Context& c, NodeId definition, std::initializer_list<std::string_view> names) {
  std::span<const NodeId> decorators;
  if (auto def = c.As<ClassDef>(definition)) decorators = def.decorators();
  if (auto method = c.As<Method>(definition)) decorators = method.decorators();
  return std::any_of(decorators.begin(), decorators.end(), [&](NodeId d) {
    auto call = c.As<Call>(d);
    std::string name = c.facts().ResolvedName(call ? call.callee() : d);
    return std::find(names.begin(), names.end(), name) != names.end();
  });
}

NodeId EnclosingMethod(Context& c, NodeId id) {
  NodeId function = c.facts().EnclosingFunction(id);
  while (function && !c.src().Is(function, NodeKind::kMethod)) function = c.facts().EnclosingFunction(function);
  return function;
}

NodeId DataclassOption(Context& c, NodeId class_def, std::string_view option) {
  for (NodeId d : c.As<ClassDef>(class_def).decorators()) {
    if (c.IsCallTo(d, "dataclasses.dataclass")) return KeywordArg(c, d, option);
  }
  return kNoNode;
}

bool IsTrue(Context& c, NodeId id) {
  auto flag = id ? c.As<Bool>(id) : Bool();
  return flag && flag.value();
}

NodeId NewMethod(Context& c, std::string_view name, NodeList params, NodeList body, MethodKind kind,
                 bool is_static) {
  return c.New(make::Method{.params = std::move(params),
                            .body = c.NewBlock(std::move(body)),
                            .name = name,
                            .kind = kind,
                            .is_static = is_static},
               {});
}

NodeId SelfAttribute(Context& c, std::string_view name) {
  return c.NewAttribute(c.New(make::SelfRef{}, {}), name);
}

std::span<const NodeId> MembersOf(Context& c, NodeId class_def) {
  return c.As<ir::Block>(c.As<ClassDef>(class_def).body()).statements();
}

NodeId NewStaticBlock(Context& c, NodeList statements, NodeId origin) {
  return c.New(make::StaticBlock{.body = c.NewBlock(std::move(statements))}, origin);
}

}  // namespace asyncport::translate::to_js
