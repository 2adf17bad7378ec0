// Classes, methods and class-level variables. The object gets its usual name back: `self`, or `cls` for the class.
// Example: Method size kGetter prints `@property` above `def size(self):`.
#include <algorithm>
#include <utility>

#include "emit/py/emitter.h"

namespace asyncport::emit::py {
namespace {

// Python passes the class to these without being asked.
bool IsImplicitlyStatic(std::string_view name) {
  return name == "__new__" || name == "__init_subclass__" || name == "__class_getitem__";
}

}  // namespace

void Emitter::ClassStatement(NodeId id) {
  ir::ClassDef class_def(tree_, id);
  Decorators(class_def.decorators());
  Doc bases;
  if (!class_def.bases().empty()) bases = Arguments(id, class_def.bases());
  PutLine({.is_class = true, .opens_block = true},
          C({Text("class "), Expr(class_def.name(), kPrimary, Where::kBare), bases, Text(":")}));
  DefinitionBody(id, class_def.docstring(), class_def.body());
}

// Whether the object is named in it, other classes inside left out.
bool Emitter::UsesSelf(NodeId id) const {
  if (Is(id, NodeKind::kSelfRef) || Is(id, NodeKind::kSuperRef) || Is(id, NodeKind::kSuperCall)) return true;
  bool uses = false;
  auto visit = [&](NodeId child) { uses = uses || UsesSelf(child); };
  if (auto inner = As<ir::ClassDef>(id)) {
    // Its body has an object of its own.
    std::ranges::for_each(inner.decorators(), visit);
    std::ranges::for_each(inner.bases(), visit);
  } else {
    tree_.ForEachChild(id, visit);
  }
  return uses;
}

void Emitter::MethodStatement(NodeId id) {
  ir::Method method(tree_, id);
  std::string name(method.kind() == ir::MethodKind::kConstructor ? "__init__" : method.name());
  bool implicit = method.is_static() && IsImplicitlyStatic(name);
  std::string_view self_name = method.is_static() ? "cls" : "self";
  auto decorate = [&](const std::string& text) { PutLine({.is_decorator = true}, Text("@" + text)); };
  if (method.is_static() && !implicit) {
    bool of_class = UsesSelf(method.body());
    bool plain = !of_class && method.kind() == ir::MethodKind::kMethod;
    decorate(plain ? "staticmethod" : "classmethod");
    if (plain) self_name = {};
  }
  if (method.kind() == ir::MethodKind::kGetter) decorate("property");
  if (method.kind() == ir::MethodKind::kSetter) decorate(name + ".setter");
  Decorators(method.decorators());

  Doc header = C({Text(method.is_async() ? "async def " : "def "), Text(name), ParamList(method.params(), self_name),
                  ReturnsDoc(method.returns()), Text(":")});
  PutLine({.is_def = true, .opens_block = true}, header);
  std::string_view outer = std::exchange(self_name_, self_name.empty() ? "self" : self_name);
  DefinitionBody(id, method.docstring(), method.body());
  self_name_ = outer;
}

void Emitter::FieldStatement(NodeId id) {
  ir::Field field(tree_, id);
  Docs parts{Text(field.name())};
  if (field.annotation()) {
    Rigid rigid(*this);
    parts.push_back(Text(": "));
    parts.push_back(Expr(field.annotation(), kLambda, Where::kBare));
  }
  if (field.value()) {
    parts.push_back(Text(" = "));
    parts.push_back(RightSide(field.value(), {.tuple = true, .yield = true}));
  } else if (!field.annotation()) {
    parts.push_back(Text(" = None"));  // JavaScript's `x;` is undefined
  }
  Put(b_.Concat(parts));
}

}  // namespace asyncport::emit::py
