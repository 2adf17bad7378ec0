// Exports of both module systems: in Python the public names of a module are its exports, so what is exported by name
// needs no statement, and what has no name gets one.
// Example: `exports.parse = (s) => s.trim();` -> `def parse(s): return s.strip()`, and `exports.parse` -> `parse`.
#include <string>

#include "translate/exported.h"
#include "translate/to_py/modules.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;

namespace {

// What the other files of a project have to know (exported.h).
void Publishes(Context& c, std::string_view name, std::string_view target, NodeId thing) {
  c.State<Published>().names[std::string(name)] = {std::string(target), thing};
}

// What a module of the project calls a thing; without a project, what its name suggests.
std::string NameIn(Context& c, const ProjectModule* module, std::string_view name) {
  const Exported* known = module != nullptr ? ExportedFrom(*module, name) : nullptr;
  return known != nullptr ? known->target : name == "default" ? std::string() : SafeName(c, name);
}

// `export * from "./a.js"`, `export { b as c } from "./a.js"`.
void TranslateReExport(Context& c, Export node, NodeList& out) {
  if (!IsRelative(node.module())) {
    c.Refuse(node.id(), "untranslated", {{"reason", "re-exports of a package"}});
    return;
  }
  const ProjectModule* module = ModuleOfProject(c, node.module());
  const ModulePath path = PathOf(c, node.module());
  auto& published = c.State<Published>();
  NodeList items;
  for (NodeId item_id : node.items()) {
    auto item = c.As<ExportItem>(item_id);
    auto local = c.As<ir::Name>(item.local());
    if (!local && item.name().empty()) {
      NodeId all = c.New(make::ImportItem{.kind = ImportKind::kAll}, item_id);
      out.push_back(c.New(make::Import{.items = {all}, .module = path.Text()}, node.id()));
      if (module == nullptr || module->interface == nullptr) continue;
      for (const Exported& one : module->interface->exports) {
        if (one.name != "default" && one.name != "=") published.others.push_back(one);
      }
    } else if (!local) {
      const std::string name = SafeName(c, item.name());
      ImportWhole(c, path, name, node.id(), item_id, out);
      published.others.push_back({.name = std::string(item.name()), .target = name});
    } else {
      const std::string name = NameIn(c, module, local.id());
      const std::string_view as = item.name().empty() ? local.id() : item.name();
      if (name.empty() || (as == "default" && module == nullptr)) {
        c.Refuse(node.id(), "untranslated", {{"reason", "re-exports of a default"}});
        continue;
      }
      const std::string own = as == "default" ? name : SafeName(c, as);
      items.push_back(NamedItem(c, name, own, item_id));
      const Exported* known = module != nullptr ? ExportedFrom(*module, local.id()) : nullptr;
      Exported mine = known != nullptr ? *known : Exported{};
      mine.name = as;
      mine.target = own;
      published.others.push_back(std::move(mine));
    }
  }
  if (!items.empty())
    out.push_back(c.New(make::Import{.items = std::move(items), .module = path.Text()}, node.id()));
}

// What a value without a name is called: a file mostly hands out the one thing that it is named after.
std::string NameOfFile(Context& c) {
  std::string_view name = c.source().name();
  if (std::size_t slash = name.find_last_of('/'); slash != std::string_view::npos)
    name.remove_prefix(slash + 1);
  name = name.substr(0, name.find('.'));
  return c.names().Fresh(name.empty() || name == "<stdin>" ? "exported" : SafeName(c, name));
}

bool IsFunction(Context& c, NodeId value) {
  return c.src().Is(value, NodeKind::kFunctionExpr) || c.src().Is(value, NodeKind::kLambda);
}

// `name = value`, as a `def` where the value is a function.
void Publish(Context& c, std::string_view name, NodeId value, NodeId origin, NodeList& out) {
  if (IsFunction(c, value)) {
    out.push_back(Define(c, value, name, origin));
    return;
  }
  if (c.src().Is(value, NodeKind::kClassExpr)) {
    out.push_back(DefineClass(c, value, name, origin));
    return;
  }
  NodeId result = c.Expr(value);
  auto same = ir::As<ir::Name>(c.dst(), result);
  if (same && same.id() == name) return;
  out.push_back(c.NewAssign(c.NewName(name), result, origin));
}

// `export default f;`, `module.exports = class Cache {...}`.
// `as`: "default", or "=" for all that a CommonJS module is.
void PublishMain(Context& c, std::string_view as, NodeId value, NodeId origin, NodeList& out) {
  if (c.src().Is(value, NodeKind::kName)) {
    Publishes(c, as, c.TargetName(value), value);
    c.Absorb(origin);
    return;
  }
  std::string name;
  if (auto function = c.As<FunctionExpr>(value); function && function.name())
    name = c.TargetName(function.name());
  if (auto klass = c.As<ClassExpr>(value); klass && klass.name()) name = c.TargetName(klass.name());
  if (name.empty()) name = NameOfFile(c);
  Publishes(c, as, name, value);
  Publish(c, name, value, origin, out);
}

// Every name that a declaration binds.
void PublishPattern(Context& c, NodeId pattern) {
  if (c.src().Is(pattern, NodeKind::kName)) {
    Publishes(c, c.src().text(pattern), c.TargetName(pattern), pattern);
    return;
  }
  c.src().ForEachChild(pattern, [&](NodeId child) { PublishPattern(c, child); });
}

void PublishDeclaration(Context& c, Export node) {
  const NodeId declaration = node.declaration();
  NodeId name;
  if (auto function = c.As<FunctionDef>(declaration)) name = function.name();
  if (auto klass = c.As<ClassDef>(declaration)) name = klass.name();
  if (name) {
    Publishes(c, node.is_default() ? "default" : c.src().text(name), c.TargetName(name), name);
  } else if (auto assign = c.As<Assign>(declaration)) {
    for (NodeId target : assign.targets()) PublishPattern(c, target);
  } else if (auto declared = c.As<VarDecl>(declaration)) {
    for (NodeId one : declared.declarations()) {
      for (NodeId target : c.As<Assign>(one).targets()) PublishPattern(c, target);
    }
  }
}

bool TranslateExport(Context& c, NodeId id, NodeList& out) {
  auto node = c.As<Export>(id);
  if (!node.module().empty()) {
    TranslateReExport(c, node, out);
  } else if (node.declaration()) {
    PublishDeclaration(c, node);
    c.Stmt(node.declaration(), out);
  } else if (node.value()) {
    PublishMain(c, "default", node.value(), id, out);
  } else {
    for (NodeId item_id : node.items()) {
      auto item = c.As<ExportItem>(item_id);
      if (!item.local()) continue;
      std::string local = c.TargetName(item.local());
      const std::string_view as = item.name().empty() ? c.src().text(item.local()) : item.name();
      Publishes(c, as, local, item.local());
      if (item.name().empty() || item.name() == "default") continue;
      std::string name = SafeName(c, item.name());
      if (name != local) out.push_back(c.NewAssign(c.NewName(name), c.NewName(local), item_id));
    }
  }
  return true;
}

// "parse" of `exports.parse` and `module.exports.parse`.
std::string_view ExportedName(Context& c, NodeId id) {
  auto member = c.As<Attribute>(id);
  if (!member) return {};
  std::string path = c.facts().ResolvedName(member.object());
  return path == "exports" || path == "module.exports" ? member.name() : std::string_view();
}

// Every key of the object becomes a name; false where one is no name.
bool PublishAll(Context& c, Dict dict, NodeId origin, NodeList& out) {
  for (NodeId id : dict.entries()) {
    auto entry = c.As<DictEntry>(id);
    if (!entry || !c.src().Is(entry.key(), NodeKind::kString)) return false;
  }
  for (NodeId id : dict.entries()) {
    auto entry = c.As<DictEntry>(id);
    const std::string name = SafeName(c, c.src().text(entry.key()));
    Publishes(c, c.src().text(entry.key()), name, entry.value());
    Publish(c, name, entry.value(), id, out);
  }
  if (out.empty()) c.Absorb(origin);
  return true;
}

bool TranslateCommonJsExport(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  if (!assign.value() || c.facts().EnclosingFunction(id)) return false;
  NodeList names;
  for (NodeId target : assign.targets()) {
    if (c.facts().ResolvedName(target) == "module.exports") {
      if (assign.targets().size() > 1) continue;  // `module.exports = exports = f`
      if (auto dict = c.As<Dict>(assign.value())) return PublishAll(c, dict, id, out);
      PublishMain(c, "=", assign.value(), id, out);
      return true;
    }
    if (c.src().Is(target, NodeKind::kName) && c.facts().ResolvedName(target) == "exports")
      continue;
    std::string_view name = ExportedName(c, target);
    if (name.empty()) return false;
    names.push_back(target);
  }
  auto nothing = c.As<Unary>(assign.value());
  if ((nothing && nothing.op() == UnaryOp::kVoid) ||
      c.src().Is(assign.value(), NodeKind::kUndefined)) {
    c.Absorb(id);  // compilers declare their exports so
    return true;
  }
  if (names.empty()) {
    PublishMain(c, "=", assign.value(), id, out);
    return true;
  }
  for (NodeId target : names) {
    std::string name = SafeName(c, ExportedName(c, target));
    bool first = target == names.front();
    Publishes(c, ExportedName(c, target), name, assign.value());
    Publish(c, name, assign.value(), first ? id : kNoNode, out);
  }
  if (out.empty()) c.Absorb(id);
  return names.size() == 1 || c.src().Is(assign.value(), NodeKind::kName);
}

// `Object.defineProperty(exports, "x", { get: () => m.x })` is how compilers write re-exports.
bool TranslateDefinedExport(Context& c, NodeId id, NodeList& out) {
  NodeId value = c.As<ExprStmt>(id).value();
  if (!c.IsCallTo(value, "Object.defineProperty")) return false;
  auto args = c.As<Call>(value).args();
  if (args.size() != 3 || c.facts().ResolvedName(args[0]) != "exports" ||
      !c.src().Is(args[1], NodeKind::kString)) {
    return false;
  }
  if (c.src().text(args[1]) == "__esModule") {
    c.Absorb(id);
    return true;
  }
  auto descriptor = c.As<Dict>(args[2]);
  if (!descriptor) return false;
  for (NodeId entry_id : descriptor.entries()) {
    auto entry = c.As<DictEntry>(entry_id);
    if (!entry || c.src().text(entry.key()) != "get") continue;
    NodeId getter = entry.value();
    NodeId read;
    if (auto lambda = c.As<Lambda>(getter)) read = lambda.body();
    if (auto function = c.As<FunctionExpr>(getter)) {
      auto body = c.As<ir::Block>(function.body()).statements();
      if (body.size() == 1 && c.src().Is(body[0], NodeKind::kReturn))
        read = c.As<Return>(body[0]).value();
    }
    if (!read) return false;
    const std::string name = SafeName(c, c.src().text(args[1]));
    Publishes(c, c.src().text(args[1]), name, read);
    Publish(c, name, read, id, out);
    return true;
  }
  return false;
}

std::optional<NodeId> TranslateExportedRead(Context& c, NodeId id) {
  std::string_view name = ExportedName(c, id);
  if (name.empty()) return std::nullopt;
  return c.NewName(SafeName(c, name), id);
}

}  // namespace

std::vector<Exported> FindExports(Context& c) {
  const auto& published = c.State<Published>();
  std::vector<Exported> out = published.others;
  for (const auto& [name, one] : published.names) {
    std::erase_if(out, [&](const Exported& other) { return other.name == name; });
    out.push_back(Describe(c, name, one.target, one.thing));
  }
  return out;
}

void RegisterExports(Topics& t) {
  t.Claim(NodeKind::kExport, Order::kBeforeCards, &TranslateExport);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateCommonJsExport);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateDefinedExport);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateExportedRead);
}

}  // namespace asyncport::translate::to_py
