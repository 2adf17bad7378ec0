// Induction over the writes of a variable and the arguments of a parameter.
#include "facts/sign.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "ir/views.h"

namespace asyncport::facts {

using ir::BinaryOp;
using ir::NodeId;
using ir::NodeKind;

namespace {

constexpr int kMaxDepth = 48;

constexpr std::array<std::string_view, 24> kAlways = {"len",
                                                      "abs",
                                                      "Math.abs",
                                                      "Math.sqrt",
                                                      "Math.random",
                                                      "Math.hypot",
                                                      "Math.exp",
                                                      "Date.now",
                                                      "performance.now",
                                                      "time.time",
                                                      "time.monotonic",
                                                      "time.perf_counter",
                                                      "ord",
                                                      "String#charCodeAt",
                                                      "String#codePointAt",
                                                      "str#count",
                                                      "list#count",
                                                      "math.sqrt",
                                                      "math.factorial",
                                                      "random.random",
                                                      "process.uptime",
                                                      "Array#push",
                                                      "random.randrange",
                                                      "math.isqrt"};
// Not negative if the first argument is not.
constexpr std::array<std::string_view, 11> kKeepsSign = {
    "Math.floor", "Math.ceil", "Math.round", "Math.trunc", "math.floor", "math.ceil",
    "int",        "float",     "round",      "Number",     "math.trunc"};
// They call their argument with (element, index).
constexpr std::array<std::string_view, 9> kGivesIndex = {
    "Array#map",  "Array#forEach", "Array#filter",    "Array#some", "Array#every",
    "Array#find", "Array#flatMap", "Array#findIndex", "Array.from"};

template <std::size_t N>
bool Has(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::string Signs::PathOf(NodeId callee) {
  std::string path = names_.PathOf(callee);
  if (!path.empty()) return path;
  const auto attribute = ir::As<ir::Attribute>(tree_, callee);
  if (!attribute) return {};
  return inference_.MemberPath(inference_.ValueOf(attribute.object()), tree_.node(callee).atom);
}

bool Signs::Proves(NodeId node, int depth) {
  if (!node || depth > kMaxDepth || --budget_ < 0) return false;
  switch (tree_.kind(node)) {
    case NodeKind::kNumber:
      return ir::Number(tree_, node).kind() != ir::NumberKind::kImaginary;
    case NodeKind::kBool:
      return true;
    case NodeKind::kName:
      return ProvesVariable(node, depth + 1);
    case NodeKind::kCall:
      return ProvesCall(node, depth + 1);
    case NodeKind::kAttribute: {
      const std::string_view name = ir::Attribute(tree_, node).name();
      return is_js_ && (name == "length" || name == "size");
    }
    case NodeKind::kConditional: {
      const ir::Conditional choice(tree_, node);
      return Proves(choice.then_value(), depth + 1) && Proves(choice.else_value(), depth + 1);
    }
    case NodeKind::kLogical: {
      const ir::Logical logical(tree_, node);
      return Proves(logical.left(), depth + 1) && Proves(logical.right(), depth + 1);
    }
    case NodeKind::kUnary: {
      const ir::Unary unary(tree_, node);
      return unary.op() == ir::UnaryOp::kPos && Proves(unary.operand(), depth + 1);
    }
    case NodeKind::kBinary: {
      const ir::Binary binary(tree_, node);
      const auto left = [&] { return Proves(binary.left(), depth + 1); };
      const auto right = [&] { return Proves(binary.right(), depth + 1); };
      switch (binary.op()) {
        case BinaryOp::kAdd:
        case BinaryOp::kMul:
        case BinaryOp::kDiv:
        case BinaryOp::kFloorDiv:
          return left() && right();
        case BinaryOp::kPow:
        case BinaryOp::kShr:
          return left();
        case BinaryOp::kBitAnd:
          return left() || right();
        // The sign of the left side there, of the right side here.
        case BinaryOp::kMod:
          return is_js_ ? left() : right();
        case BinaryOp::kUShr:
          return true;
        default:
          return false;
      }
    }
    default:
      return false;
  }
}

bool Signs::ProvesCall(NodeId node, int depth) {
  const ir::Call call(tree_, node);
  const std::string path = PathOf(call.callee());
  if (Has(kAlways, path)) return true;
  const auto args = call.args();
  if (args.empty()) return false;
  if (Has(kKeepsSign, path)) return Proves(args[0], depth);
  const auto proves = [&](NodeId arg) { return Proves(arg, depth); };
  if (path == "Math.max" || (path == "max" && args.size() > 1)) {
    return std::any_of(args.begin(), args.end(), proves);
  }
  if (path == "Math.min" || (path == "min" && args.size() > 1)) {
    return std::all_of(args.begin(), args.end(), proves);
  }
  return false;
}

bool Signs::ProvesVariable(NodeId name, int depth) {
  const BindingId id = scopes_.binding_of[name.index];
  const Binding& binding = scopes_.bindings[id.index];
  if (!id || binding.kind == BindingKind::kFree || binding.writes.empty()) return false;
  const auto [it, is_new] = variables_.try_emplace(id.index, true);
  if (!is_new) {
    assumed_ = true;
    return it->second;
  }
  const bool outer = std::exchange(assumed_, false);
  const bool proven = std::all_of(binding.writes.begin(), binding.writes.end(),
                                  [&](NodeId write) { return ProvesWrite(write, depth); });
  // What was proven with the help of a variable that is still open is not kept.
  if (proven && assumed_ && depth > 1) {
    variables_.erase(id.index);
  } else {
    variables_[id.index] = proven;
  }
  assumed_ = assumed_ || outer;
  return proven;
}

bool Signs::ProvesWrite(NodeId write, int depth) {
  const NodeId parent = structure_.parent[write.index];
  switch (tree_.kind(parent)) {
    case NodeKind::kAssign:
      return Proves(ir::Assign(tree_, parent).value(), depth);
    case NodeKind::kAssignExpr: {
      const ir::AssignExpr assign(tree_, parent);
      return assign.op() != BinaryOp::kSub && Proves(assign.value(), depth);
    }
    case NodeKind::kWalrus:
      return Proves(ir::Walrus(tree_, parent).value(), depth);
    case NodeKind::kUpdate:
      return !ir::Update(tree_, parent).is_decrement();
    case NodeKind::kAugAssign: {
      const ir::AugAssign step(tree_, parent);
      switch (step.op()) {
        case BinaryOp::kAdd:
        case BinaryOp::kMul:
        case BinaryOp::kDiv:
        case BinaryOp::kFloorDiv:
        case BinaryOp::kMod:
          return Proves(step.value(), depth);
        case BinaryOp::kShr:
        case BinaryOp::kUShr:
          return true;
        default:
          return false;
      }
    }
    case NodeKind::kForEach:
      return ProvesItem(ir::ForEach(tree_, parent).iterable(), false, depth);
    case NodeKind::kCompFor:
      return ProvesItem(ir::CompFor(tree_, parent).iterable(), false, depth);
    case NodeKind::kParam:
      return ProvesParam(parent, depth);
    case NodeKind::kListPattern: {
      const auto elements = ir::ListPattern(tree_, parent).elements();
      if (elements.empty() || elements[0] != write) return false;
      const NodeId owner = structure_.parent[parent.index];
      if (auto loop = ir::As<ir::ForEach>(tree_, owner)) {
        return ProvesItem(loop.iterable(), true, depth);
      }
      if (auto loop = ir::As<ir::CompFor>(tree_, owner)) {
        return ProvesItem(loop.iterable(), true, depth);
      }
      return false;
    }
    default:
      return false;
  }
}

// Is an item of this, or the first part of one, not negative? `range(n)`, `enumerate(xs)`, `xs.entries()`.
bool Signs::ProvesItem(NodeId iterable, bool is_first_of_pair, int depth) {
  const auto call = ir::As<ir::Call>(tree_, iterable);
  if (!call) return false;
  const std::string path = PathOf(call.callee());
  const auto args = call.args();
  if (is_first_of_pair) {
    if (path == "Array#entries") return true;
    if (path != "enumerate" || args.empty()) return false;
    if (args.size() == 1) return true;
    const auto start = ir::As<ir::Keyword>(tree_, args[1]);
    return Proves(start ? start.value() : args[1], depth);
  }
  if (path == "Array#keys") return true;
  if (path != "range" || args.empty()) return false;
  if (args.size() == 1) return true;
  return Proves(args[0], depth) && (args.size() < 3 || Proves(args[2], depth));
}

bool Signs::ProvesParam(NodeId param, int depth) {
  const NodeId function = structure_.parent[param.index];
  const ir::Param view(tree_, param);
  if (view.kind() != ir::ParamKind::kPlain) return false;
  std::size_t position = 0;
  bool found = false;
  tree_.ForEachChild(function, [&](NodeId child) {
    if (child == param) found = true;
    if (!found && tree_.Is(child, NodeKind::kParam)) ++position;
  });
  const NodeId parent = structure_.parent[function.index];
  if (auto call = ir::As<ir::Call>(tree_, parent)) {
    return position == 1 && call.callee() != function && Has(kGivesIndex, PathOf(call.callee()));
  }
  // A function of the file that is only ever called.
  NodeId name;
  if (auto definition = ir::As<ir::FunctionDef>(tree_, function)) name = definition.name();
  if (auto assign = ir::As<ir::Assign>(tree_, parent)) name = assign.targets()[0];
  if (!name || !tree_.Is(name, NodeKind::kName)) return false;
  const Binding& binding = scopes_.bindings[scopes_.binding_of[name.index].index];
  if (binding.reassigned || binding.reads.empty()) return false;
  return std::all_of(binding.reads.begin(), binding.reads.end(), [&](NodeId read) {
    const auto call = ir::As<ir::Call>(tree_, structure_.parent[read.index]);
    if (!call || call.callee() != read) return false;
    const auto args = call.args();
    for (std::size_t i = 0; i < args.size() && i <= position; ++i) {
      if (!ir::HasCategory(tree_.kind(args[i]), ir::category::Expr)) return false;
    }
    if (position < args.size()) return Proves(args[position], depth);
    return view.default_value() && Proves(view.default_value(), depth);
  });
}

}  // namespace asyncport::facts
