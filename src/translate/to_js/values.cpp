// See values.h.
#include "translate/to_js/values.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <utility>

namespace asyncport::translate::to_js {

using namespace ir;
using facts::TypeId;
using facts::TypeKind;

namespace {

// Error names of Python end in one of these, whatever their module.
bool IsErrorName(std::string_view name) {
  std::size_t dot = name.rfind('.');
  std::string_view last = dot == std::string_view::npos ? name : name.substr(dot + 1);
  static constexpr std::string_view kOthers[] = {"Exception",     "BaseException", "KeyboardInterrupt", "SystemExit",
                                                 "StopIteration", "StopAsyncIteration", "Warning", "ExceptionGroup",
                                                 "QueueEmpty", "QueueFull"};
  for (std::string_view other : kOthers) {
    if (last == other) return true;
  }
  return last.ends_with("Error") || last.ends_with("Warning");
}

bool IsDictName(std::string_view name) {
  return name.ends_with("Counter") || name.ends_with("defaultdict") || name.ends_with("OrderedDict");
}

}  // namespace

unsigned KindsOf(Context& c, TypeId id) {
  const facts::Type& type = c.facts().type(id);
  switch (type.kind) {
    case TypeKind::kNever: return 0;
    case TypeKind::kUnknown: return kUnknown;
    case TypeKind::kNull: case TypeKind::kUndefined: return kNone;
    case TypeKind::kBool: return kFlag;
    case TypeKind::kInt: case TypeKind::kFloat: case TypeKind::kBigInt: return kNumber;
    case TypeKind::kStr: return kText;
    case TypeKind::kBytes: return kBytes;
    case TypeKind::kList: case TypeKind::kTuple: return kArray;
    case TypeKind::kSet: return kSet;
    case TypeKind::kDict: return IsDictName(type.name) ? unsigned{kMap} : unsigned{kObject};
    case TypeKind::kMap: return kMap;
    case TypeKind::kFunction: return kFunction;
    case TypeKind::kClass: return kFunction;
    case TypeKind::kInstance:
      if (type.decl) return IsErrorClass(c, type.decl) ? unsigned{kError} : unsigned{kInstance};
      if (IsDictName(type.name)) return kMap;
      if (type.name.ends_with("deque")) return kArray;
      return IsErrorName(type.name) ? unsigned{kError} : unsigned{kLibrary};
    case TypeKind::kPromise: case TypeKind::kCoroutine: return kPromise;
    case TypeKind::kIterator: case TypeKind::kAsyncIterator: return kIterator;
    case TypeKind::kUnion: {
      unsigned mask = 0;
      for (TypeId member : type.members) mask |= KindsOf(c, member);
      return mask;
    }
    default: return kOther;
  }
}

// What a test around an otherwise unknown name says of it: `if isinstance(value, dict):`.
unsigned Tested(Context& c, NodeId name) {
  facts::BindingId binding = c.facts().BindingOf(name);
  if (!binding) return 0;
  struct Row {
    std::string_view type;
    unsigned kinds;
  };
  static constexpr Row kTypes[] = {{"str", kText}, {"int", kNumber}, {"float", kNumber}, {"bool", kFlag}, {"list", kArray},
                                   {"tuple", kArray}, {"set", kSet}, {"frozenset", kSet}, {"dict", kObject | kMap}, {"bytes", kBytes}};
  for (NodeId below = name, up = c.facts().Parent(name); up; below = up, up = c.facts().Parent(up)) {
    NodeKind kind = c.src().kind(up);
    if (kind == NodeKind::kFunctionDef || kind == NodeKind::kMethod || kind == NodeKind::kLambda) return 0;
    auto branch = c.As<If>(up);
    auto conditional = c.As<Conditional>(up);
    NodeId taken = branch ? branch.body() : conditional ? conditional.then_value() : kNoNode;
    auto call = taken == below && taken ? c.As<Call>(branch ? branch.test() : conditional.test()) : Call();
    if (!call || call.args().size() != 2 || c.facts().ResolvedName(call.callee()) != "isinstance") continue;
    if (!c.src().Is(call.args()[0], NodeKind::kName) || c.facts().BindingOf(call.args()[0]) != binding) continue;
    auto several = c.As<Tuple>(call.args()[1]);
    unsigned mask = 0;
    NodeList types = several ? NodeList(several.elements().begin(), several.elements().end()) : NodeList{call.args()[1]};
    for (NodeId type : types) {
      std::string resolved = c.facts().ResolvedName(type);
      unsigned one = 0;
      for (const Row& row : kTypes) {
        if (row.type == resolved) one = row.kinds;
      }
      if (one == 0) return 0;
      mask |= one;
    }
    return mask;
  }
  return 0;
}

// A name given only what json.loads gives, and read by text keys: an object.
bool IsParsedObject(Context& c, NodeId name) {
  facts::BindingId binding = c.facts().BindingOf(name);
  if (!binding || c.facts().binding(binding).writes.empty()) return false;
  for (NodeId write : c.facts().binding(binding).writes) {
    auto assign = c.As<Assign>(c.facts().Parent(write));
    if (!assign || !assign.value() || !c.IsCallTo(assign.value(), "json.loads")) return false;
  }
  for (NodeId read : c.facts().binding(binding).reads) {
    NodeId parent = c.facts().Parent(read);
    auto place = c.As<Subscript>(parent);
    if (place && place.object() == read && c.src().Is(place.index(), NodeKind::kString)) return true;
    std::string_view method = c.MethodName(c.facts().Parent(parent));
    if (c.src().Is(parent, NodeKind::kAttribute) && (method == "get" || method == "items" || method == "keys")) return true;
  }
  return false;
}

unsigned KindsOf(Context& c, NodeId id) {
  unsigned kinds = KindsOf(c, c.facts().TypeOf(id));
  if ((kinds & kUnknown) == 0 || !c.src().Is(id, NodeKind::kName)) return kinds;
  facts::BindingId caught = c.facts().BindingOf(id);
  if (caught && c.facts().binding(caught).kind == facts::BindingKind::kCatch) return kError;
  // `**rest` of a pattern is a dict, `*rest` a list.
  if (caught && c.facts().binding(caught).writes.size() == 1) {
    NodeKind around = c.src().kind(c.facts().Parent(c.facts().binding(caught).writes[0]));
    if (around == NodeKind::kMatchMapping) return kObject;
    if (around == NodeKind::kRestPattern) return kArray;
  }
  if (unsigned tested = Tested(c, id)) return tested;
  return IsParsedObject(c, id) ? unsigned{kObject} : kinds;
}
bool Only(Context& c, NodeId id, unsigned mask) {
  unsigned kinds = KindsOf(c, id);
  return kinds != 0 && (kinds & ~mask) == 0;
}
bool Only(Context& c, TypeId type, unsigned mask) {
  unsigned kinds = KindsOf(c, type);
  return kinds != 0 && (kinds & ~mask) == 0;
}
bool May(Context& c, NodeId id, unsigned mask) {
  unsigned kinds = KindsOf(c, id);
  return (kinds & kUnknown) == 0 && (kinds & mask) != 0;
}
bool IsMapPlace(Context& c, NodeId subscript) {
  auto place = c.As<Subscript>(subscript);
  unsigned kinds = KindsOf(c, place.object());
  if (Only(c, place.index(), kText)) kinds &= ~(kPrimitive | kArray | kBytes);
  if (kinds == (kMap | kObject))
    c.Say("object-or-dict", subscript, {{"name", std::string(c.source().Text(c.src().span(place.object())))}});
  return kinds == kMap;
}
bool OnlyOrNone(Context& c, NodeId id, unsigned mask) {
  unsigned kinds = KindsOf(c, id) & ~unsigned{kNone};
  return kinds != 0 && (kinds & ~mask) == 0;
}

namespace {
struct Maps {
  bool some = false;
  explicit Maps(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size() && !some; ++i) {
      NodeId node{i};
      NodeKind kind = c.src().kind(node);
      if (kind == NodeKind::kDict || kind == NodeKind::kComprehension || kind == NodeKind::kCall) some = Only(c, node, kMap);
    }
  }
};
}  // namespace
bool FileHasMaps(Context& c) { return c.State<Maps>().some; }

TypeId ElementOf(Context& c, TypeId id) {
  const facts::Type& type = c.facts().type(id);
  switch (type.kind) {
    case TypeKind::kList: case TypeKind::kSet: case TypeKind::kIterator: case TypeKind::kAsyncIterator:
      return type.element;
    case TypeKind::kDict: case TypeKind::kMap:
      return type.key;
    case TypeKind::kInstance:
      return type.decl ? TypeId{} : type.name.ends_with("deque") ? type.element : type.key;
    case TypeKind::kStr:
      return id;
    case TypeKind::kTuple: {
      for (TypeId member : type.members) {
        if (!(member == type.members.front())) return {};
      }
      return type.members.empty() ? TypeId{} : type.members.front();
    }
    case TypeKind::kUnion: {
      TypeId found;
      bool first = true;
      for (TypeId member : type.members) {
        if (c.facts().type(member).kind == TypeKind::kNull) continue;
        TypeId element = ElementOf(c, member);
        if (!first && !(element == found)) return {};
        found = element;
        first = false;
      }
      return found;
    }
    default:
      return {};
  }
}
TypeId ElementOf(Context& c, NodeId id) { return ElementOf(c, c.facts().TypeOf(id)); }

TypeId ValueOf(Context& c, NodeId id) {
  const facts::Type& type = c.facts().type(c.facts().TypeOf(id));
  if (type.kind != TypeKind::kDict && type.kind != TypeKind::kMap && type.kind != TypeKind::kInstance) return {};
  return type.element;
}

NodeId ClassOf(Context& c, TypeId id) {
  const facts::Type& type = c.facts().type(id);
  if (type.kind == TypeKind::kInstance) return type.decl;
  if (type.kind != TypeKind::kUnion) return kNoNode;
  NodeId found;
  for (TypeId member : type.members) {
    if (c.facts().type(member).kind == TypeKind::kNull) continue;
    NodeId one = ClassOf(c, member);
    if (!one || (found && found != one)) return kNoNode;
    found = one;
  }
  return found;
}
NodeId ClassOf(Context& c, NodeId id) {
  if (c.src().Is(id, NodeKind::kSelfRef)) return c.facts().EnclosingClass(id);
  // `-a` gives what the class's __neg__ returns.
  if (auto unary = c.As<Unary>(id); unary && unary.op() == UnaryOp::kNeg) {
    NodeId owner = ClassOf(c, unary.operand());
    NodeId method = owner ? FindMethod(c, owner, "__neg__") : kNoNode;
    auto body = method ? c.As<ir::Block>(c.As<Method>(method).body()).statements() : std::span<const NodeId>{};
    auto last = body.empty() ? Return() : c.As<Return>(body.back());
    return last && last.value() ? ClassOf(c, last.value()) : kNoNode;
  }
  return ClassOf(c, c.facts().TypeOf(id));
}

namespace {

std::string_view LibraryClassOf(Context& c, TypeId id) {
  const facts::Type& type = c.facts().type(id);
  if (type.kind == TypeKind::kUnion) {
    // What an annotation names and what is made are the same class.
    std::string_view name;
    for (TypeId member : type.members) {
      std::string_view other = LibraryClassOf(c, member);
      if (other.empty() || (!name.empty() && other != name)) return {};
      name = other;
    }
    return name;
  }
  bool named = type.kind == TypeKind::kInstance || type.kind == TypeKind::kPromise || type.kind == TypeKind::kDict || type.kind == TypeKind::kMap;
  return named && !type.decl ? std::string_view(type.name) : std::string_view();
}

}  // namespace

std::string_view LibraryClassOf(Context& c, NodeId id) { return LibraryClassOf(c, c.facts().TypeOf(id)); }

NodeId BaseInFile(Context& c, NodeId class_def) {
  for (NodeId base : c.As<ClassDef>(class_def).bases()) {
    NodeId definition = ClassInFile(c, base);
    if (definition && definition != class_def) return definition;
  }
  return kNoNode;
}

namespace {

// Deeper chains of base classes are not real.
constexpr int kMaxBases = 20;

NodeId MethodNamed(Context& c, NodeId class_def, std::string_view name, int depth) {
  if (depth > kMaxBases) return kNoNode;
  auto members = c.As<ir::Block>(c.As<ClassDef>(class_def).body()).statements();
  for (NodeId member : members) {
    auto method = c.As<Method>(member);
    if (method && (method.name() == name || (name == "__init__" && method.kind() == MethodKind::kConstructor))) return member;
    // `__radd__ = __add__`
    auto field = c.As<Field>(member);
    if (!field || field.name() != name || !c.src().Is(field.value(), NodeKind::kName)) continue;
    std::string_view other = c.src().text(field.value());
    for (NodeId aliased : members) {
      auto candidate = c.As<Method>(aliased);
      if (candidate && candidate.name() == other && other != name) return aliased;
    }
  }
  for (NodeId base : c.As<ClassDef>(class_def).bases()) {
    NodeId next = ClassInFile(c, base);
    if (!next || next == class_def) continue;
    if (NodeId found = MethodNamed(c, next, name, depth + 1)) return found;
  }
  return kNoNode;
}

}  // namespace

NodeId ClassInFile(Context& c, NodeId name) {
  if (!c.src().Is(name, NodeKind::kName)) return kNoNode;
  facts::BindingId binding = c.facts().BindingOf(name);
  if (!binding || c.facts().binding(binding).kind != facts::BindingKind::kClass) return kNoNode;
  NodeId definition = c.facts().binding(binding).definition;
  return c.src().Is(definition, NodeKind::kClassDef) ? definition : kNoNode;
}

namespace {
void AddAncestors(Context& c, NodeId class_def, NodeList& out) {
  if (out.size() > 50 || std::find(out.begin(), out.end(), class_def) != out.end()) return;
  out.push_back(class_def);
  for (NodeId base : c.As<ClassDef>(class_def).bases()) {
    if (NodeId next = ClassInFile(c, base)) AddAncestors(c, next, out);
  }
}
}  // namespace

NodeList Ancestors(Context& c, NodeId class_def) {
  NodeList out;
  if (class_def) AddAncestors(c, class_def, out);
  return out;
}

NodeId FindMethod(Context& c, NodeId class_def, std::string_view name) {
  return class_def ? MethodNamed(c, class_def, name, 0) : kNoNode;
}

std::string LibraryBaseOf(Context& c, NodeId class_def) {
  for (int depth = 0; class_def && depth < 20; ++depth) {
    NodeId next = BaseInFile(c, class_def);
    if (!next) {
      // `class Kind(str, Enum)` is an Enum first of all.
      for (NodeId base : c.As<ClassDef>(class_def).bases()) {
        if (c.facts().ResolvedName(base) == "enum.Enum") return "enum.Enum";
      }
      for (NodeId base : c.As<ClassDef>(class_def).bases()) {
        if (c.src().Is(base, NodeKind::kKeyword)) continue;
        std::string name = c.facts().ResolvedName(base);
        if (name.starts_with("builtins.")) name.erase(0, 9);
        return name;
      }
    }
    class_def = next;
  }
  return {};
}

bool IsMixedEnum(Context& c, NodeId class_def) {
  for (int depth = 0; c.src().Is(class_def, NodeKind::kClassDef) && depth < 20; ++depth) {
    bool is_enum = false;
    bool is_value = false;
    for (NodeId base : c.As<ClassDef>(class_def).bases()) {
      std::string name = c.facts().ResolvedName(base);
      is_enum = is_enum || name == "enum.Enum";
      is_value = is_value || name == "str" || name == "int" || name == "float";
    }
    if (is_enum) return is_value;
    class_def = BaseInFile(c, class_def);
  }
  return false;
}

bool IsErrorClass(Context& c, NodeId class_def) {
  return c.src().Is(class_def, NodeKind::kClassDef) && IsErrorName(LibraryBaseOf(c, class_def));
}

std::optional<long long> LiteralInt(Context& c, NodeId id) {
  if (auto unary = c.As<Unary>(id); unary && unary.op() == UnaryOp::kNeg) {
    auto inner = LiteralInt(c, unary.operand());
    return inner ? std::optional(-*inner) : std::nullopt;
  }
  auto number = c.As<Number>(id);
  if (!number || number.kind() != NumberKind::kInt) return std::nullopt;
  long long value = 0;
  std::string_view text = number.text();
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

namespace {

bool FewDecimals(Context& c, NodeId id, std::size_t decimals, int depth) {
  if (depth > 20) return false;
  if (c.facts().Only(id, {facts::TypeKind::kInt, facts::TypeKind::kBool})) return true;
  if (auto number = c.As<Number>(id)) {
    std::string_view text = number.text();
    const std::size_t dot = text.find('.');
    return text.find_first_of("eE") == std::string_view::npos && (dot == std::string_view::npos || text.size() - dot - 1 <= decimals);
  }
  if (auto binary = c.As<Binary>(id)) {
    const bool sum = binary.op() == BinaryOp::kAdd || binary.op() == BinaryOp::kSub;
    const bool multiple = binary.op() == BinaryOp::kMul && (c.facts().Only(binary.left(), {facts::TypeKind::kInt}) ||
                                                            c.facts().Only(binary.right(), {facts::TypeKind::kInt}));
    return (sum || multiple) && FewDecimals(c, binary.left(), decimals, depth + 1) && FewDecimals(c, binary.right(), decimals, depth + 1);
  }
  if (!c.src().Is(id, NodeKind::kName)) return false;
  facts::BindingId binding = c.facts().BindingOf(id);
  if (!binding || c.facts().binding(binding).writes.size() != 1) return false;
  auto assign = c.As<Assign>(c.facts().Parent(c.facts().binding(binding).writes[0]));
  return assign && assign.value() && FewDecimals(c, assign.value(), decimals, depth + 1);
}

}  // namespace

bool HasFewDecimals(Context& c, NodeId id, std::size_t decimals) { return FewDecimals(c, id, decimals, 0); }

bool IsNonNegative(Context& c, NodeId id) {
  if (c.facts().IsNonNegative(id)) return true;
  if (c.src().Is(id, NodeKind::kNumber)) return true;
  if (auto call = c.As<Call>(id)) {
    std::string name = c.facts().ResolvedName(call.callee());
    return name == "len" || name == "abs" || name == "ord";
  }
  if (auto binary = c.As<Binary>(id)) {
    bool closed = binary.op() == BinaryOp::kAdd || binary.op() == BinaryOp::kMul || binary.op() == BinaryOp::kDiv ||
                  binary.op() == BinaryOp::kFloorDiv || binary.op() == BinaryOp::kPow;
    if (binary.op() == BinaryOp::kMod) return IsNonNegative(c, binary.right());
    return closed && IsNonNegative(c, binary.left()) && IsNonNegative(c, binary.right());
  }
  if (!c.src().Is(id, NodeKind::kName)) return false;
  facts::BindingId binding = c.facts().BindingOf(id);
  if (!binding) return false;
  const facts::Binding& b = c.facts().binding(binding);
  if (b.kind == facts::BindingKind::kFree || b.kind == facts::BindingKind::kParam || b.writes.empty()) return false;
  for (NodeId write : b.writes) {
    NodeId parent = c.facts().Parent(write);
    auto steps = [&](NodeId iterable) {
      auto range = c.As<Call>(iterable);
      if (!range || c.facts().ResolvedName(range.callee()) != "range") return false;
      for (NodeId arg : range.args()) {
        if (range.args().size() > 1 && !IsNonNegative(c, arg)) return false;
      }
      return true;
    };
    if (auto assign = c.As<Assign>(parent)) {
      if (!assign.value() || !c.src().Is(assign.value(), NodeKind::kNumber)) return false;
    } else if (auto step = c.As<AugAssign>(parent)) {
      if (step.op() != BinaryOp::kAdd || !c.src().Is(step.value(), NodeKind::kNumber)) return false;
    } else if (auto loop = c.As<ForEach>(parent)) {
      if (!steps(loop.iterable())) return false;
    } else if (auto clause = c.As<CompFor>(parent)) {
      if (!steps(clause.iterable())) return false;
    } else {
      return false;
    }
  }
  return true;
}

bool IsJsIdentifier(std::string_view text) {
  if (text.empty() || std::isdigit(static_cast<unsigned char>(text.front())) != 0) return false;
  for (char ch : text) {
    bool ok = std::isalnum(static_cast<unsigned char>(ch)) != 0 || ch == '_' || ch == '$';
    if (!ok) return false;
  }
  return true;
}

}  // namespace asyncport::translate::to_js
