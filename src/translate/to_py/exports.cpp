// Exports of both module systems: in Python the public names of a module are its exports, so what is exported by name
// needs no statement, and what has no name gets one.
// Example: `exports.parse = (s) => s.trim();` -> `def parse(s): return s.strip()`, and `exports.parse` -> `parse`.
#include <string>

#include "translate/to_py/modules.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;

namespace {

// `export * from "./a.js"`, `export { b as c } from "./a.js"`.
void TranslateReExport(Context& c, Export node, NodeList& out) {
  if (!IsRelative(node.module())) {
    c.Refuse(node.id(), "untranslated", {{"reason", "re-exports of a package"}});
    return;
  }
  const ModulePath path = PathOf(c, node.module());
  NodeList items;
  for (NodeId item_id : node.items()) {
    auto item = c.As<ExportItem>(item_id);
    auto local = c.As<ir::Name>(item.local());
    if (!local && item.name().empty()) {
      NodeId all = c.New(make::ImportItem{.kind = ImportKind::kAll}, item_id);
      out.push_back(c.New(make::Import{.items = {all}, .module = path.Text()}, node.id()));
    } else if (!local) {
      ImportWhole(c, path, SafeName(c, item.name()), node.id(), item_id, out);
    } else if (local.id() == "default" || item.name() == "default") {
      c.Refuse(node.id(), "untranslated", {{"reason", "re-exports of a default"}});
    } else {
      std::string name = SafeName(c, local.id());
      items.push_back(
          NamedItem(c, name, item.name().empty() ? name : SafeName(c, item.name()), item_id));
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
void PublishMain(Context& c, NodeId value, NodeId origin, NodeList& out) {
  if (c.src().Is(value, NodeKind::kName)) {
    c.Absorb(origin);
    return;
  }
  std::string name;
  if (auto function = c.As<FunctionExpr>(value); function && function.name())
    name = c.TargetName(function.name());
  if (auto klass = c.As<ClassExpr>(value); klass && klass.name()) name = c.TargetName(klass.name());
  Publish(c, name.empty() ? NameOfFile(c) : name, value, origin, out);
}

bool TranslateExport(Context& c, NodeId id, NodeList& out) {
  auto node = c.As<Export>(id);
  if (!node.module().empty()) {
    TranslateReExport(c, node, out);
  } else if (node.declaration()) {
    c.Stmt(node.declaration(), out);
  } else if (node.value()) {
    PublishMain(c, node.value(), id, out);
  } else {
    for (NodeId item_id : node.items()) {
      auto item = c.As<ExportItem>(item_id);
      if (item.name().empty() || item.name() == "default" || !item.local()) continue;
      std::string local = c.TargetName(item.local());
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
    Publish(c, SafeName(c, c.src().text(entry.key())), entry.value(), id, out);
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
      PublishMain(c, assign.value(), id, out);
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
    PublishMain(c, assign.value(), id, out);
    return true;
  }
  for (NodeId target : names) {
    std::string name = SafeName(c, ExportedName(c, target));
    bool first = target == names.front();
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
    Publish(c, SafeName(c, c.src().text(args[1])), read, id, out);
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

void RegisterExports(Topics& t) {
  t.Claim(NodeKind::kExport, Order::kBeforeCards, &TranslateExport);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateCommonJsExport);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateDefinedExport);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateExportedRead);
}

}  // namespace asyncport::translate::to_py
