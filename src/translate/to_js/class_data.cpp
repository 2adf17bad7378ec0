// Dataclasses and named tuples: the members that Python writes for them, made where the file needs them.
// Example: `@dataclass class P: x: int = 0` -> `class P { constructor(x = 0) { this.x = x; } }`.
#include <utility>

#include "translate/to_js/class_parts.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

bool IsExtended(Context& c, NodeId class_def) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    if (c.src().Is(NodeId{i}, NodeKind::kClassDef) && BaseInFile(c, NodeId{i}) == class_def) return true;
  }
  return false;
}

std::string ParamName(Context& c, NodeId field) {
  std::string name = c.names().Member(c.As<Field>(field).name(), false);
  return IsJsReserved(name) ? name + "Value" : name;
}

// Default of a dataclass field: `field(default_factory=list)` is made anew for each instance, as JavaScript's are.
NodeId FieldDefault(Context& c, NodeId field_id) {
  auto field = c.As<Field>(field_id);
  if (!field.value()) return kNoNode;
  std::string name = c.src().Is(field.value(), NodeKind::kCall)
                         ? c.facts().ResolvedName(c.As<Call>(field.value()).callee())
                         : "";
  if (name == "dataclasses.field") {
    if (NodeId factory = KeywordArg(c, field.value(), "default_factory")) {
      std::string made = c.facts().ResolvedName(factory);
      if (made == "list" || made == "collections.deque") return c.New(make::List{}, {});
      if (made == "set") return Js(c, "new Set()", {});
      if (made == "dict") {
        // Object or Map, as the field's values are.
        return c.State<std::unordered_map<std::uint32_t, bool>>()[field_id.index]
                   ? Js(c, "new Map()", {})
                   : c.New(make::Dict{}, {});
      }
      return Apply(c, factory, {}, factory);
    }
    NodeId value = KeywordArg(c, field.value(), "default");
    return value ? c.Expr(value) : kNoNode;
  }
  return c.Expr(field.value());
}

// Do attribute reads of this name see a Map somewhere in the file?
bool FieldIsMap(Context& c, std::string_view name) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    auto attribute = c.As<Attribute>(NodeId{i});
    if (attribute && attribute.name() == name && Only(c, NodeId{i}, kMap)) return true;
  }
  return false;
}

// Fields that take part in comparisons: not those of `field(compare=False)`.
NodeList ComparedFields(Context& c, const NodeList& fields) {
  NodeList compared;
  for (NodeId f : fields) {
    NodeId value = c.As<Field>(f).value();
    NodeId flag =
        value && c.IsCallTo(value, "dataclasses.field") ? KeywordArg(c, value, "compare") : kNoNode;
    auto asked = flag ? c.As<Bool>(flag) : Bool();
    if (!asked || asked.value()) compared.push_back(f);
  }
  return compared;
}

NodeId AllFieldsEqual(Context& c, const NodeList& fields, NodeId type) {
  NodeId result = c.New(
      make::Binary{.left = c.NewName("other"), .right = type, .op = BinaryOp::kInstanceOf}, {});
  for (NodeId f : fields) {
    std::string name = c.names().Member(c.As<Field>(f).name(), false);
    std::string annotation(c.As<Field>(f).annotation()
                               ? c.source().Text(c.src().span(c.As<Field>(f).annotation()))
                               : "");
    bool primitive =
        annotation == "int" || annotation == "str" || annotation == "float" || annotation == "bool";
    NodeId same =
        primitive ? c.New(make::Binary{.left = SelfAttribute(c, name),
                                       .right = c.NewAttribute(c.NewName("other"), name),
                                       .op = BinaryOp::kStrictEq},
                          {})
                  : c.NewCall(c.Library("node:util:isDeepStrictEqual"),
                              {SelfAttribute(c, name), c.NewAttribute(c.NewName("other"), name)});
    result = c.New(make::Logical{.left = result, .right = same, .op = LogicalOp::kAnd}, {});
  }
  return result;
}

}  // namespace

// `__init__`, `__eq__` and ordering that a dataclass or NamedTuple gets by itself.
void GeneratedMembers(Context& c, NodeId class_def, NodeList& members) {
  NodeList fields = DataFields(c, class_def);
  auto def = c.As<ClassDef>(class_def);
  std::string class_name = c.TargetName(def.name());
  bool frozen = IsTrue(c, DataclassOption(c, class_def, "frozen")) || IsNamedTuple(c, class_def);
  if (!FindMethod(c, class_def, "__init__") || !IsDataclass(c, class_def)) {
    NodeList params;
    NodeList body;
    NodeId base = BaseInFile(c, class_def);
    NodeList inherited =
        base && (IsDataclass(c, base) || IsNamedTuple(c, base)) ? DataFields(c, base) : NodeList{};
    for (NodeId f : fields) {
      auto field = c.As<Field>(f);
      std::string name = c.names().Member(field.name(), false);
      std::string param = ParamName(c, f);
      c.State<std::unordered_map<std::uint32_t, bool>>()[f.index] = FieldIsMap(c, field.name());
      params.push_back(
          c.New(make::Param{.target = c.NewName(param), .default_value = FieldDefault(c, f)}, {}));
    }
    if (base || !def.bases().empty()) {
      if (base) {
        NodeList args;
        for (NodeId f : inherited) args.push_back(c.NewName(ParamName(c, f)));
        body.push_back(c.NewExprStmt(c.New(make::SuperCall{.args = std::move(args)}, {})));
      }
    }
    for (NodeId f : fields) {
      bool from_base = false;
      for (NodeId i : inherited) from_base = from_base || i == f;
      if (from_base) continue;
      std::string name = c.names().Member(c.As<Field>(f).name(), false);
      std::string param = ParamName(c, f);
      body.push_back(c.NewAssign(SelfAttribute(c, name), c.NewName(param), f));
    }
    if (FindMethod(c, class_def, "__post_init__"))
      body.push_back(c.NewExprStmt(Js(c, "this.postInit()", {})));
    if (frozen) {
      NodeId freeze = c.NewExprStmt(Js(c, "Object.freeze(this)", {}));
      // The classes that extend it have fields of their own to set.
      if (IsExtended(c, class_def)) {
        NodeId test = Js(c, "new.target === $C", {{"C", c.NewName(c.TargetName(c.As<ClassDef>(class_def).name()))}});
        freeze = c.New(make::If{.test = test, .body = c.NewBlock({freeze})}, {});
      }
      body.push_back(freeze);
    }
    if (!body.empty())
      members.push_back(
          NewMethod(c, "", std::move(params), std::move(body), MethodKind::kConstructor));
  }
  if (IsNamedTuple(c, class_def) && IsUnpacked(c, class_def) &&
      !FindMethod(c, class_def, "__iter__")) {
    NodeList walk;
    JsStatements(c, "return Object.values(this).values();", {}, {}, walk);
    NodeId key = c.NewAttribute(c.NewName("Symbol"), "iterator");
    members.push_back(
        c.New(make::Method{.computed_key = key, .body = c.NewBlock(std::move(walk))}, {}));
  }
  if (!FindMethod(c, class_def, "__eq__") && !fields.empty()) {
    // Only where the file compares its instances.
    bool used = false;
    for (std::uint32_t i = 1; i < c.src().size() && !used; ++i) {
      auto binary = c.As<Binary>(NodeId{i});
      if (!binary) continue;
      bool asks = binary.op() == BinaryOp::kEq || binary.op() == BinaryOp::kNe ||
                  binary.op() == BinaryOp::kIn || binary.op() == BinaryOp::kNotIn;
      if (!asks) continue;
      used = ClassOf(c, binary.left()) == class_def || ClassOf(c, binary.right()) == class_def ||
             ClassOf(c, ElementOf(c, binary.right())) == class_def;
    }
    if (used) {
      NodeId result = c.New(make::Return{.value = AllFieldsEqual(c, ComparedFields(c, fields),
                                                                 c.NewName(class_name))},
                            {});
      members.push_back(NewMethod(c, "equals", {NewParam(c, c.NewName("other"))}, {result}));
    }
  }
  if (IsTrue(c, DataclassOption(c, class_def, "order"))) {
    NodeList mine;
    NodeList others;
    for (NodeId f : ComparedFields(c, fields)) {
      std::string name = c.names().Member(c.As<Field>(f).name(), false);
      mine.push_back(SelfAttribute(c, name));
      others.push_back(c.NewAttribute(c.NewName("other"), name));
    }
    NodeId order =
        c.NewCall(Local(c, "compare"), {c.New(make::List{.elements = std::move(mine)}, {}),
                                        c.New(make::List{.elements = std::move(others)}, {})});
    NodeId less = c.New(make::Binary{.left = order, .right = c.NewInt(0), .op = BinaryOp::kLt}, {});
    members.push_back(NewMethod(c, "isLess", {NewParam(c, c.NewName("other"))},
                                {c.New(make::Return{.value = less}, {})}));
  }
}

}  // namespace asyncport::translate::to_js
