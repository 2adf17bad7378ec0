// Enum classes: static instances, looked up by value with `of`; members of an IntEnum are plain values of a frozen object.
// Example: `class Color(Enum): RED = 1` -> `class Color { static RED = new Color("RED", 1); ... }`.
#include <utility>

#include "translate/to_js/class_parts.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

// `class Color(Enum)`: static instances.
void EnumMembers(Context& c, NodeId class_def, NodeList& members) {
  std::string name = c.TargetName(c.As<ClassDef>(class_def).name());
  long long next = 1;
  bool has_init = FindMethod(c, class_def, "__init__") != kNoNode;
  NodeList names;
  for (NodeId member : c.As<ir::Block>(c.As<ClassDef>(class_def).body()).statements()) {
    auto field = c.As<Field>(member);
    if (!field || !field.value() || field.name().starts_with("_")) continue;
    NodeId value;
    if (c.IsCallTo(field.value(), "enum.auto")) {
      value = c.NewInt(next++);
    } else {
      if (auto literal = LiteralInt(c, field.value())) next = *literal + 1;
      value = c.Expr(field.value());
    }
    NodeList args{c.NewString(field.name()), value};
    NodeId made = c.New(make::New{.callee = c.NewName(name), .args = std::move(args)}, {});
    members.push_back(
        c.New(make::Field{.value = made, .name = field.name(), .is_static = true}, member));
    names.push_back(c.NewAttribute(c.New(make::SelfRef{}, {}), field.name()));
  }
  NodeId all = c.New(make::List{.elements = std::move(names)}, {});
  members.push_back(c.New(make::Field{.value = all, .name = "members", .is_static = true}, {}));
  NodeList body;
  JsStatements(c, "this.name = name; this.value = value;", {}, {}, body);
  if (has_init) {
    auto init = c.As<Method>(FindMethod(c, class_def, "__init__"));
    NodeList names_of;
    for (NodeId p : init.params())
      names_of.push_back(c.NewName(c.TargetName(c.As<Param>(p).target())));
    if (names_of.size() == 1)
      body.push_back(c.NewAssign(names_of[0], c.NewName("value"), {}, DeclKind::kConst));
    else
      body.push_back(c.NewAssign(c.New(make::ListPattern{.elements = std::move(names_of)}, {}),
                                 c.NewName("value"), {}, DeclKind::kConst));
    NodeList own = c.Stmts(c.As<ir::Block>(init.body()).statements());
    body.insert(body.end(), own.begin(), own.end());
  }
  members.push_back(NewMethod(c, "",
                              {NewParam(c, c.NewName("name")), NewParam(c, c.NewName("value"))},
                              std::move(body), MethodKind::kConstructor));
  NodeList find;
  NodeId text = NewTemplate(c, {Js(c, "value", {}), c.NewString(" is not a valid " + name)}, {});
  JsStatements(c, "const member = this.members.find((item) => item.value === value);", {}, {},
               find);
  find.push_back(c.New(make::If{.test = Js(c, "member === undefined", {}),
                                .body = c.NewBlock({ThrowNew(c, "ValueError", text)})},
                       {}));
  find.push_back(c.New(make::Return{.value = c.NewName("member")}, {}));
  bool used = false;
  for (std::uint32_t i = 1; i < c.src().size() && !used; ++i) {
    used = c.src().Is(NodeId{i}, NodeKind::kCall) &&
           c.facts().CalleeDefinition(NodeId{i}) == class_def;
  }
  if (used)
    members.push_back(NewMethod(c, "of", {NewParam(c, c.NewName("value"))}, std::move(find),
                                MethodKind::kMethod, true));
  if (IsMixedEnum(c, class_def)) {
    for (std::string_view method : {"valueOf", "toJSON"}) {
      NodeId value = c.New(make::Return{.value = SelfAttribute(c, "value")}, {});
      members.push_back(NewMethod(c, std::string(method), {}, {value}));
    }
  }
  if (!FindMethod(c, class_def, "__str__")) {
    NodeId shown =
        c.New(make::Template{.parts = {c.NewString(name + "."), SelfAttribute(c, "name")}}, {});
    members.push_back(NewMethod(c, "toString", {}, {c.New(make::Return{.value = shown}, {})}));
  }
}

namespace {

// The value that `auto()` gives after this one: the next number, of flags the next power of two.
long long NextAuto(Context& c, NodeId class_def, long long value) {
  std::string base = LibraryBaseOf(c, class_def);
  if (base != "enum.Flag" && base != "enum.IntFlag") return value + 1;
  long long power = 1;
  while (power <= value) power *= 2;
  return power;
}

}  // namespace

NodeId EnumValue(Context& c, NodeId class_def, std::string_view name) {
  long long next = NextAuto(c, class_def, 0);
  for (NodeId member : MembersOf(c, class_def)) {
    auto field = c.As<Field>(member);
    if (!field || !field.value()) continue;
    bool is_auto = c.IsCallTo(field.value(), "enum.auto");
    if (field.name() == name && is_auto && LibraryBaseOf(c, class_def) == "enum.StrEnum") {
      std::string lower(name);
      for (char& letter : lower) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
      }
      return c.NewString(lower);
    }
    if (field.name() == name) return is_auto ? c.NewInt(next) : c.Expr(field.value());
    auto literal = LiteralInt(c, field.value());
    if (is_auto || literal) next = NextAuto(c, class_def, literal ? *literal : next);
  }
  return kNoNode;
}

void TranslateIntEnum(Context& c, NodeId id, NodeList& out) {
  auto def = c.As<ClassDef>(id);
  NodeList entries;
  for (NodeId member : MembersOf(c, id)) {
    bool says_nothing =
        c.src().Is(member, NodeKind::kPass) || c.src().Is(member, NodeKind::kExprStmt);
    if (says_nothing) continue;
    auto field = c.As<Field>(member);
    if (!field || !field.value()) {
      c.Refuse(id, "untranslated", {{"reason", "an IntEnum with methods"}});
      return;
    }
    NodeId value = EnumValue(c, id, field.name());
    entries.push_back(
        c.New(make::DictEntry{.key = c.NewString(field.name()), .value = value}, member));
  }
  NodeId object = c.New(make::Dict{.entries = std::move(entries), .was_multiline = true}, {});
  NodeId frozen = Js(c, "Object.freeze($D)", {{"D", object}});
  out.push_back(c.NewAssign(c.NewName(c.TargetName(def.name())), frozen, id, DeclKind::kConst));
}

}  // namespace asyncport::translate::to_js
