// Canonical names of operations, so that the two languages' spellings of one thing compare equal.
// Example: `self._client.fetch_user(i)` and `this.client.fetchUser(i)` are both "fetchUser".
#include <cstdlib>
#include <string>

#include "ir/views.h"
#include "rules/rules.h"
#include "shape/shape.h"
#include "support/strings.h"

namespace asyncport::shape {

using facts::Facts;
using ir::NodeId;
using ir::NodeKind;

namespace {

struct KnownName {
  std::string_view path;
  std::string_view name;
};
// Where the name in common is not the one of the API table.
constexpr KnownName kKnown[] = {
    {"asyncio.sleep", "sleep"},
    {"anyio.sleep", "sleep"},
    {"trio.sleep", "sleep"},
    {"node:timers/promises.setTimeout", "sleep"},
    {"node:timers/promises.setImmediate", "sleep"},
    {"node:timers/promises.scheduler.wait", "sleep"},
    {"fetch", "fetch"},
    {"axios", "fetch"},
    {"axios.get", "fetch"},
    {"got", "fetch"},
    {"node-fetch", "fetch"},
};

// `resolve => setTimeout(resolve, ms)` given to `new Promise`: the setTimeout call, else none.
NodeId TimerOfExecutor(const Facts& facts, NodeId function) {
  const ir::Tree& tree = facts.tree();
  NodeId value;
  std::span<const NodeId> params;
  if (const auto lambda = ir::As<ir::Lambda>(tree, function)) {
    value = lambda.body();
    params = lambda.params();
  } else if (const auto expr = ir::As<ir::FunctionExpr>(tree, function)) {
    params = expr.params();
    const auto body = ir::Cast<ir::Block>(tree, expr.body()).statements();
    if (body.size() != 1) return ir::kNoNode;
    if (const auto statement = ir::As<ir::ExprStmt>(tree, body[0])) value = statement.value();
  }
  const auto call = ir::As<ir::Call>(tree, value);
  if (!call || params.empty() || call.args().empty()) return ir::kNoNode;
  if (facts.ResolvedName(call.callee()) != "setTimeout") return ir::kNoNode;
  // It must call resolve, not reject, when the time is over.
  const auto target = ir::As<ir::Name>(tree, ir::Cast<ir::Param>(tree, params[0]).target());
  NodeId called = call.args()[0];
  if (const auto lambda = ir::As<ir::Lambda>(tree, called)) {
    if (const auto inner = ir::As<ir::Call>(tree, lambda.body())) called = inner.callee();
  }
  const auto name = ir::As<ir::Name>(tree, called);
  return target && name && target.id() == name.id() ? value : ir::kNoNode;
}

// `new Promise((resolve) => setTimeout(resolve, ms))`: the setTimeout call.
NodeId TimerOfPromise(const Facts& facts, NodeId expression) {
  const auto made = ir::As<ir::New>(facts.tree(), expression);
  if (!made || made.args().size() != 1 || facts.ResolvedName(made.callee()) != "Promise") {
    return ir::kNoNode;
  }
  return TimerOfExecutor(facts, made.args()[0]);
}

// The value that a function of one statement returns.
NodeId OnlyValue(const ir::Tree& tree, NodeId function) {
  if (const auto lambda = ir::As<ir::Lambda>(tree, function)) return lambda.body();
  NodeId body;
  if (const auto def = ir::As<ir::FunctionDef>(tree, function)) body = def.body();
  if (const auto expr = ir::As<ir::FunctionExpr>(tree, function)) body = expr.body();
  if (const auto method = ir::As<ir::Method>(tree, function)) body = method.body();
  if (!body) return ir::kNoNode;
  const auto statements = ir::Cast<ir::Block>(tree, body).statements();
  if (statements.size() != 1) return ir::kNoNode;
  if (const auto value = ir::As<ir::Return>(tree, statements[0])) return value.value();
  if (const auto value = ir::As<ir::ExprStmt>(tree, statements[0])) return value.value();
  return ir::kNoNode;
}

// Is it as long as the caller says?
bool IsGiven(const ir::Tree& tree, NodeId duration) {
  double value = 0;
  return duration && !NumberValue(tree, duration, value);
}

// Does a function of the file do nothing but sleep, for a time that is given to it?
bool IsSleepHelper(const Facts& facts, NodeId function) {
  if (!function) return false;
  const ir::Tree& tree = facts.tree();
  NodeId value = OnlyValue(tree, function);
  if (const auto await = ir::As<ir::Await>(tree, value)) value = await.value();
  if (const NodeId timer = TimerOfPromise(facts, value)) {
    const auto args = ir::Cast<ir::Call>(tree, timer).args();
    return args.size() > 1 && IsGiven(tree, args[1]);
  }
  const auto call = ir::As<ir::Call>(tree, value);
  if (!call || call.args().empty() || !IsGiven(tree, call.args()[0])) return false;
  const std::string path = facts.ResolvedName(call.callee());
  return path == "asyncio.sleep" || path == "node:timers/promises.setTimeout";
}

// A free name of a snippet resolves to itself, and stands for something of the code around it, and so does what comes
// from another file of the project.
bool IsFromLibrary(const Facts& facts, NodeId callee, std::string_view path) {
  if (path.front() == '.') return false;
  if (path.find('#') != std::string_view::npos) return true;
  const ir::Tree& tree = facts.tree();
  NodeId root = callee;
  for (;;) {
    if (const auto attribute = ir::As<ir::Attribute>(tree, root)) {
      root = attribute.object();
    } else if (const auto chain = ir::As<ir::OptionalChain>(tree, root)) {
      root = chain.value();
    } else {
      break;
    }
  }
  const facts::BindingId id = tree.Is(root, NodeKind::kName) ? facts.BindingOf(root) : facts::BindingId{};
  return !id || facts.binding(id).kind != facts::BindingKind::kFree;
}

std::string Trimmed(std::string_view name) {
  while (name.size() > 1 && name.front() == '_') name.remove_prefix(1);
  while (name.size() > 1 && name.back() == '_') name.remove_suffix(1);
  return ToCamelCase(name);
}

}  // namespace

bool NumberValue(const ir::Tree& tree, NodeId expression, double& value) {
  if (const auto number = ir::As<ir::Number>(tree, expression)) {
    std::string text;
    for (char c : number.text()) {
      if (c != '_') text += c;
    }
    char* end = nullptr;
    value = std::strtod(text.c_str(), &end);
    return end != nullptr && *end == '\0';
  }
  const auto product = ir::As<ir::Binary>(tree, expression);
  if (!product) return false;
  double left = 0;
  double right = 0;
  if (!NumberValue(tree, product.left(), left) || !NumberValue(tree, product.right(), right)) return false;
  if (product.op() == ir::BinaryOp::kMul) return value = left * right, true;
  if (product.op() == ir::BinaryOp::kDiv && right != 0) return value = left / right, true;
  return false;
}

CanonicalOp CanonicalName(const Facts& facts, NodeId call) {
  const ir::Tree& tree = facts.tree();
  if (tree.Is(call, NodeKind::kNew)) {
    const std::string path = facts.ResolvedName(ir::New(tree, call).callee());
    if (TimerOfPromise(facts, call)) return {"sleep", true};
    return {path.empty() ? "new" : "new " + path, true};
  }
  const auto view = ir::As<ir::Call>(tree, call);
  if (!view) return {"(value)", true};
  if (IsSleepHelper(facts, facts.CalleeDefinition(call))) return {"sleep", true};
  const std::string path = facts.ResolvedName(view.callee());
  if (!path.empty()) {
    for (const KnownName& known : kKnown) {
      if (known.path == path) return {std::string(known.name), true};
    }
    if (const rules::ApiEntry* entry = rules::FindApi(tree.language(), path)) {
      if (tree.language() == Language::kPy && !entry->other.empty()) {
        return {std::string(entry->other), true};
      }
      return {path, true};
    }
    if (IsFromLibrary(facts, view.callee(), path)) return {path, true};
  }
  NodeId callee = view.callee();
  if (const auto chain = ir::As<ir::OptionalChain>(tree, callee)) callee = chain.value();
  if (const auto name = ir::As<ir::Name>(tree, callee)) return {Trimmed(name.id()), false};
  if (const auto attribute = ir::As<ir::Attribute>(tree, callee)) return {Trimmed(attribute.name()), false};
  // `handlers["load"]()`: a method of an object that is a dict in the other language.
  if (const auto member = ir::As<ir::Subscript>(tree, callee)) {
    if (const auto key = ir::As<ir::String>(tree, member.index())) return {Trimmed(key.value()), false};
  }
  return {"(value)", true};
}

std::string NameKey(std::string_view name) {
  std::string key;
  for (char c : name) {
    if (c == '_') continue;
    key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return key;
}

double SleepSeconds(const Facts& facts, NodeId call) {
  const ir::Tree& tree = facts.tree();
  const bool is_js = tree.language() == Language::kJs;
  double value = 0;
  if (NodeId timer = TimerOfPromise(facts, call)) {
    const auto args = ir::Cast<ir::Call>(tree, timer).args();
    return args.size() > 1 && NumberValue(tree, args[1], value) ? value / 1000 : 0;
  }
  const auto view = ir::As<ir::Call>(tree, call);
  if (!view || view.args().empty()) return 0;
  if (!NumberValue(tree, view.args()[0], value)) return 0;
  return is_js ? value / 1000 : value;
}

}  // namespace asyncport::shape
