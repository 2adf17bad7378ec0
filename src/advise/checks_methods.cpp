// Methods of classes in the file: handed over without their object (typescript-eslint unbound-method), and locks that a
// method takes while its caller holds them. Objects from elsewhere are left alone.
// Example: `setInterval(this.tick, 1000)` calls `tick` without `this`.
#include <algorithm>
#include <array>
#include <functional>
#include <string>

#include "advise/work.h"

namespace asyncport::advise {

using ir::kNoNode;
using ir::NodeId;
using ir::NodeKind;

namespace {

NodeId BodyOfClass(const ir::Tree& tree, NodeId id) {
  if (const auto definition = ir::As<ir::ClassDef>(tree, id)) return definition.body();
  if (const auto expression = ir::As<ir::ClassExpr>(tree, id)) return expression.body();
  return kNoNode;
}

// Looks into arrow functions, which share `this`, but not into functions with one of their own.
bool UsesThis(const ir::Tree& tree, NodeId node) {
  if (!node) return false;
  if (tree.Is(node, NodeKind::kSelfRef) || tree.Is(node, NodeKind::kSuperRef)) return true;
  bool uses = false;
  tree.ForEachChild(node, [&](NodeId child) {
    const auto function = ir::As<ir::FunctionExpr>(tree, child);
    const NodeKind kind = tree.kind(child);
    const bool own = (function && !function.is_arrow()) || kind == NodeKind::kFunctionDef ||
                     kind == NodeKind::kClassDef || kind == NodeKind::kClassExpr;
    uses = uses || (!own && UsesThis(tree, child));
  });
  return uses;
}

// The method of the class around that `this.name` surely is.
NodeId MethodNamed(const Context& context, NodeId class_body, std::string_view name) {
  const ir::Tree& tree = context.tree;
  NodeId found;
  for (NodeId member : ir::Block(tree, class_body).statements()) {
    const auto field = ir::As<ir::Field>(tree, member);
    if (field && field.name() == name) return kNoNode;  // `tick = () => ...` keeps `this`
    const auto method = ir::As<ir::Method>(tree, member);
    if (method && method.name() == name && method.kind() == ir::MethodKind::kMethod &&
        !method.is_static() && !method.computed_key())
      found = member;
  }
  return found;
}

// `this.tick = this.tick.bind(this)`, or anything else put in its place; libraries that bind all methods.
bool IsBoundElsewhere(const Context& context, NodeId class_body, std::string_view name) {
  const ir::Tree& tree = context.tree;
  bool bound = false;
  const std::function<void(NodeId)> look = [&](NodeId node) {
    if (bound || !node) return;
    if (const auto assign = ir::As<ir::Assign>(tree, node)) {
      for (NodeId target : assign.targets()) {
        const auto place = ir::As<ir::Attribute>(tree, target);
        const auto any = ir::As<ir::Subscript>(tree, target);
        bound = bound || (place && place.name() == name) ||
                (any && tree.Is(any.object(), NodeKind::kSelfRef));
      }
    }
    // `autoBind(this)`
    const auto call = ir::As<ir::Call>(tree, node);
    bound = bound || (call && tree.Is(call.callee(), NodeKind::kName) && !call.args().empty() &&
                      tree.Is(call.args()[0], NodeKind::kSelfRef));
    tree.ForEachChild(node, look);
  };
  look(class_body);
  return bound;
}

// Does the callee call what it is given without the object: timers, `then`, methods of arrays, other objects' events?
// Functions of the file and of packages may say `callback.call(owner)`.
bool LosesThis(const Context& context, const ir::Call& call) {
  static constexpr std::array<std::string_view, 6> kTimers = {
      "setTimeout",     "setInterval",      "setImmediate",
      "queueMicrotask", "process.nextTick", "node:process.nextTick"};
  static constexpr std::array<std::string_view, 17> kMethods = {
      "then",  "catch",       "finally",         "map",  "forEach", "filter",    "some",
      "every", "find",        "flatMap",         "sort", "reduce",  "findIndex", "on",
      "once",  "addListener", "addEventListener"};
  const ir::Tree& tree = context.tree;
  for (NodeId arg : call.args()) {
    if (tree.Is(arg, NodeKind::kSelfRef)) return false;  // `xs.map(this.f, this)`
  }
  const auto callee = ir::As<ir::Attribute>(tree, call.callee());
  const bool is_method =
      callee && std::find(kMethods.begin(), kMethods.end(), callee.name()) != kMethods.end();
  // `this.on("end", this.stop)`: an emitter calls its listeners on itself.
  if (is_method)
    return !tree.Is(callee.object(), NodeKind::kSelfRef) &&
           !context.facts.CalleeDefinition(call.id());
  const std::string path = CalleePath(context, call.id());
  return std::find(kTimers.begin(), kTimers.end(), path) != kTimers.end();
}

// ---- locks

bool IsLockMaker(const Context& context, NodeId value) {
  return CalleePath(context, value) == "asyncio.Lock";
}

// `async with lock`: the text of a lock that the file makes, `self.lock` or a name; else "".
std::string LockOf(const Context& context, NodeId item) {
  const ir::Tree& tree = context.tree;
  const NodeId lock = ir::WithItem(tree, item).context();
  if (const auto place = ir::As<ir::Attribute>(tree, lock)) {
    const NodeId body = BodyOfClass(tree, context.facts.EnclosingClass(lock));
    if (!tree.Is(place.object(), NodeKind::kSelfRef) || !body) return {};
    int made = 0;
    int others = 0;
    const std::function<void(NodeId)> look = [&](NodeId node) {
      const auto assign = ir::As<ir::Assign>(tree, node);
      const auto target = ir::As<ir::Attribute>(tree, assign ? assign.targets()[0] : kNoNode);
      if (target && target.name() == place.name() && assign.value())
        ++(IsLockMaker(context, assign.value()) ? made : others);
      tree.ForEachChild(node, look);
    };
    look(body);
    return made > 0 && others == 0 ? "self." + std::string(place.name()) : std::string();
  }
  if (!tree.Is(lock, NodeKind::kName) || !IsLockMaker(context, Held(context, lock))) return {};
  return std::string(tree.text(lock));
}

bool Takes(const Context& context, NodeId function, const std::string& lock) {
  const ir::Tree& tree = context.tree;
  bool takes = false;
  VisitOwn(tree, BodyOf(tree, function), [&](NodeId node) {
    const auto with = ir::As<ir::With>(tree, node);
    if (with && with.is_async()) {
      for (NodeId item : with.items()) takes = takes || LockOf(context, item) == lock;
    }
    return !takes;
  });
  return takes;
}

}  // namespace

void CheckUnbound(const Context& context, NodeId id) {
  const ir::Tree& tree = context.tree;
  if (tree.language() != Language::kJs) return;
  const ir::Call call(tree, id);
  if (!LosesThis(context, call)) return;
  for (NodeId arg : call.args()) {
    const auto member = ir::As<ir::Attribute>(tree, arg);
    if (!member || !tree.Is(member.object(), NodeKind::kSelfRef)) continue;
    const NodeId body = BodyOfClass(tree, context.facts.EnclosingClass(arg));
    if (!body) continue;
    const NodeId method = MethodNamed(context, body, member.name());
    if (!method || !UsesThis(tree, ir::Method(tree, method).body())) continue;
    if (IsBoundElsewhere(context, body, member.name())) continue;
    context.out.Report("method-binding", tree.span(arg));
  }
}

void CheckNestedLock(const Context& context, NodeId id) {
  const ir::Tree& tree = context.tree;
  const ir::With with(tree, id);
  if (!with.is_async()) return;
  for (NodeId item : with.items()) {
    const std::string lock = LockOf(context, item);
    if (lock.empty()) continue;
    VisitOwn(tree, with.body(), [&](NodeId node) {
      const auto inner = ir::As<ir::With>(tree, node);
      if (inner && inner.is_async()) {
        for (NodeId taken : inner.items()) {
          if (LockOf(context, taken) == lock)
            context.out.Report("lock-taken-twice", tree.span(taken), {{"lock", lock}});
        }
      }
      const auto await = ir::As<ir::Await>(tree, node);
      const NodeId called = await && tree.Is(await.value(), NodeKind::kCall)
                                ? context.facts.CalleeDefinition(await.value())
                                : kNoNode;
      // `self.lock` of a method is this one's only if the method is called on self.
      const auto callee =
          ir::As<ir::Attribute>(tree, called ? ir::Call(tree, await.value()).callee() : kNoNode);
      const bool same = called && (!lock.starts_with("self.") ||
                                   (callee && tree.Is(callee.object(), NodeKind::kSelfRef)));
      if (same && Takes(context, called, lock))
        context.out.Report("lock-taken-twice", tree.span(await.value()), {{"lock", lock}});
      return true;
    });
  }
}

}  // namespace asyncport::advise
