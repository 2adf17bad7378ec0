// What the files about classes share: questions about decorators, small members, and the parts a class is made of.
// Example: TranslateMember(c, class_def, method, members) adds the method, or one that raises if it was refused.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "translate/context.h"

namespace asyncport::translate::to_js {

// ---- dunders.cpp
struct Dunder {
  std::string_view python;
  std::string_view js;
  ir::MethodKind kind = ir::MethodKind::kMethod;
};
const Dunder* FindDunder(std::string_view name);
bool IsDunder(std::string_view name);
// Is one of the decorators (or what it calls) a library function of these names?
bool HasDecorator(Context& c, ir::NodeId definition, std::initializer_list<std::string_view> names);
// The Method whose `self` or `cls` is meant at the node, also inside of functions in it; kNoNode outside of methods.
ir::NodeId EnclosingMethod(Context& c, ir::NodeId id);
ir::NodeId DataclassOption(Context& c, ir::NodeId class_def, std::string_view option);
bool IsTrue(Context& c, ir::NodeId flag);
ir::NodeId NewMethod(Context& c, std::string_view name, ir::NodeList params, ir::NodeList body,
                     ir::MethodKind kind = ir::MethodKind::kMethod, bool is_static = false);
ir::NodeId SelfAttribute(Context& c, std::string_view name);
std::span<const ir::NodeId> MembersOf(Context& c, ir::NodeId class_def);
// Getters for class variables that are read through instances of classes that are not known.
void AddClassVariableGetters(Context& c, ir::NodeId class_def, ir::NodeList& members);
// A StaticBlock of these statements.
ir::NodeId NewStaticBlock(Context& c, ir::NodeList statements, ir::NodeId origin = {});

// ---- classes.cpp
// Is the annotated field one of the class itself (`ClassVar`)?
bool IsClassVar(Context& c, ir::NodeId field);

// ---- class_data.cpp
// `__init__`, `__eq__` and ordering that a dataclass or NamedTuple gets by itself.
void GeneratedMembers(Context& c, ir::NodeId class_def, ir::NodeList& members);

// ---- enums.cpp
void EnumMembers(Context& c, ir::NodeId class_def, ir::NodeList& members);
// The value of a member, as it stands in the body of its class.
ir::NodeId EnumValue(Context& c, ir::NodeId class_def, std::string_view name);
void TranslateIntEnum(Context& c, ir::NodeId class_def, ir::NodeList& out);

// ---- class_members.cpp
// A method, a class-level variable or any other statement of a class body.
void TranslateMember(Context& c, ir::NodeId class_def, ir::NodeId member, ir::NodeList& members);
// Has the class abstract methods of its own, so that nobody can make one?
bool IsAbstract(Context& c, ir::NodeId class_def);
ir::NodeId AbstractGuard(Context& c, ir::NodeId class_def);
// The class whose body binds the name that is read or written here; kNoNode for any other variable.
ir::NodeId ClassOfVariable(Context& c, ir::NodeId name);
// `Shape.sides` for the name `sides` as it stands in the body of its class.
ir::NodeId ClassVariable(Context& c, ir::NodeId name);

// Does the field stand for a method or a descriptor (`alias = method`, `n = property(...)`, `price = Positive()`)?
bool IsMemberAlias(Context& c, ir::NodeId class_def, ir::NodeId field);

// ---- class_attributes.cpp
// Is `name` a variable of the class itself, and never set on an instance?
bool IsClassAttribute(Context& c, ir::NodeId class_def, std::string_view name);
// Is it one that some instance is given a value of its own for?
bool IsInstanceDefault(Context& c, ir::NodeId class_def, std::string_view name);
// Is an attribute of this name read or written through a class?
bool IsReadThroughClass(Context& c, std::string_view name);

// ---- class_hooks.cpp
// `__getattr__`: makes every instance ask it for what it does not have.
void AddMissingAttributeHook(Context& c, ir::NodeId class_def, ir::NodeList& members);
// `price = Positive()` with a class of the file that has `__get__` or `__set__`.
bool TranslateDescriptor(Context& c, ir::NodeId class_def, ir::NodeId field, ir::NodeList& members);
// Statements after the class: `__init_subclass__` of its base.
void AddSubclassHook(Context& c, ir::NodeId class_def, ir::NodeList& out);

// ---- mixins.cpp
// The bases that a class has here too: not `object`, ABC, Protocol, Enum and their like.
ir::NodeList LeftBases(Context& c, ir::NodeId class_def);
// Is the class written as a function of the class it extends?
bool IsMixin(Context& c, ir::NodeId class_def);
// What the class extends, for all its bases that are left here; kNoNode if it was refused.
ir::NodeId ExtendedBase(Context& c, ir::NodeId class_def, const ir::NodeList& bases);

}  // namespace asyncport::translate::to_js
