// Promises that only wait: `new Promise((r) => setTimeout(r, ms))`, helpers that make one, turns of the loop; milliseconds
// as seconds. Other timers are in timers.cpp.
// Example: `await new Promise((resolve) => setTimeout(resolve, 1500))` -> `await asyncio.sleep(1.5)`.
#include <string>
#include <utility>

#include "translate/to_py/futures.h"
#include "translate/to_py/parts.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;

namespace {

facts::BindingId ParamBinding(Context& c, NodeId function, std::size_t index) {
  auto params = FunctionParams(c, function);
  if (index >= params.size()) return {};
  NodeId target = c.As<Param>(params[index]).target();
  return c.src().Is(target, NodeKind::kName) ? c.facts().BindingOf(target) : facts::BindingId{};
}

bool Refers(Context& c, NodeId id, facts::BindingId binding) {
  return binding && c.src().Is(id, NodeKind::kName) && c.facts().BindingOf(id) == binding;
}

// `sleep(50)` with the file's own helper, and the promise itself.
std::optional<NodeId> TranslateSleepCall(Context& c, NodeId id) {
  NodeId function = c.facts().CalleeDefinition(id);
  if (!function || !IsSleepHelper(c, function)) return std::nullopt;
  auto call = c.As<Call>(id);
  if (call.args().size() != 1) return std::nullopt;
  return c.NewCall(c.Library("asyncio.sleep"), {Seconds(c, call.args()[0])}, id);
}

// `new Promise(setImmediate)`, `new Promise((resolve) => process.nextTick(resolve))`: a turn of the loop.
bool IsTurn(Context& c, NodeId id) {
  auto made = c.As<ir::New>(id);
  if (!made || made.args().size() != 1 || c.facts().ResolvedName(made.callee()) != "Promise")
    return false;
  auto turns = [&](NodeId callee) {
    std::string name = c.facts().ResolvedName(callee);
    return name == "setImmediate" || name == "process.nextTick" || name == "queueMicrotask";
  };
  if (turns(made.args()[0])) return true;
  NodeId executor = ExecutorOf(c, id);
  NodeId only = executor ? OnlyExpression(c, executor) : kNoNode;
  auto call = only ? c.As<Call>(only) : Call();
  return call && turns(call.callee()) && call.args().size() == 1 &&
         Refers(c, call.args()[0], ParamBinding(c, executor, 0));
}

std::optional<NodeId> TranslateSleepPromise(Context& c, NodeId id) {
  if (IsTurn(c, id)) return c.NewCall(c.Library("asyncio.sleep"), {c.NewInt(0)}, id);
  auto sleep = AsSleep(c, id);
  if (!sleep) return std::nullopt;
  NodeList args{Seconds(c, sleep->milliseconds)};
  if (sleep->value) args.push_back(c.Expr(sleep->value));
  return c.NewCall(c.Library("asyncio.sleep"), std::move(args), id);
}

}  // namespace

std::optional<Sleep> AsSleep(Context& c, NodeId id) {
  NodeId executor = ExecutorOf(c, id);
  if (!executor) return std::nullopt;
  facts::BindingId resolve = ParamBinding(c, executor, 0);
  NodeId timer = OnlyExpression(c, executor);
  if (!resolve || !timer || !c.IsCallTo(timer, "setTimeout")) return std::nullopt;
  auto args = c.As<Call>(timer).args();
  if (args.size() < 2) return std::nullopt;
  if (Refers(c, args[0], resolve)) {
    return Sleep{.milliseconds = args[1], .value = args.size() > 2 ? args[2] : kNoNode};
  }
  // `setTimeout(() => resolve(value), ms)`
  NodeKind kind = c.src().kind(args[0]);
  if (args.size() != 2 || (kind != NodeKind::kLambda && kind != NodeKind::kFunctionExpr))
    return std::nullopt;
  NodeId inner = OnlyExpression(c, args[0]);
  auto call = inner ? c.As<Call>(inner) : Call();
  if (!call || !Refers(c, call.callee(), resolve) || call.args().size() > 1) return std::nullopt;
  // A value computed after the wait is not a value passed through it.
  if (!call.args().empty() && !c.IsPure(call.args()[0])) return std::nullopt;
  return Sleep{.milliseconds = args[1], .value = call.args().empty() ? kNoNode : call.args()[0]};
}

bool IsSleepHelper(Context& c, NodeId function) {
  auto params = FunctionParams(c, function);
  NodeId value = OnlyExpression(c, function);
  if (params.size() != 1 || !value) return false;
  auto sleep = AsSleep(c, value);
  facts::BindingId milliseconds = ParamBinding(c, function, 0);
  if (!sleep || sleep->value || !milliseconds || !Refers(c, sleep->milliseconds, milliseconds))
    return false;
  // Passed around as a value it must stay a function.
  NodeId name;
  if (auto def = c.As<FunctionDef>(function))
    name = def.name();
  else if (auto assign = c.As<Assign>(c.facts().Parent(function)))
    name = assign.targets()[0];
  if (!name || !c.src().Is(name, NodeKind::kName)) return false;
  for (NodeId read : c.facts().binding(c.facts().BindingOf(name)).reads) {
    auto call = c.As<Call>(c.facts().Parent(read));
    if (!call || call.callee() != read || call.args().size() != 1) return false;
  }
  return true;
}

NodeId Seconds(Context& c, NodeId milliseconds) {
  c.SayOnce("timer-units", milliseconds);
  if (auto number = c.As<Number>(milliseconds); number && number.kind() == NumberKind::kInt) {
    std::string digits;
    bool decimal = true;
    for (char ch : number.text()) {
      if (ch == '_') continue;
      decimal = decimal && ch >= '0' && ch <= '9';
      digits += ch;
    }
    if (decimal) {
      // Shift the point three places: 1500 -> 1.5, 50 -> 0.05, 2000 -> 2.
      while (digits.size() < 4) digits.insert(0, "0");
      std::string fraction = digits.substr(digits.size() - 3);
      std::string whole = digits.substr(0, digits.size() - 3);
      while (whole.size() > 1 && whole[0] == '0') whole.erase(0, 1);
      while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
      return fraction.empty()
                 ? c.New(make::Number{.text = whole, .kind = NumberKind::kInt}, milliseconds)
                 : c.New(make::Number{.text = whole + "." + fraction, .kind = NumberKind::kFloat},
                         milliseconds);
    }
  }
  if (auto product = c.As<Binary>(milliseconds); product && product.op() == BinaryOp::kMul) {
    auto thousand = c.As<Number>(product.right());
    if (thousand && (thousand.text() == "1000" || thousand.text() == "1_000"))
      return c.Expr(product.left());
  }
  return c.New(
      make::Binary{.left = c.Expr(milliseconds), .right = c.NewInt(1000), .op = BinaryOp::kDiv},
      milliseconds);
}

void RegisterSleeps(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateSleepCall);
  t.Claim(NodeKind::kNew, Order::kBeforeCards, &TranslateSleepPromise);
}

}  // namespace asyncport::translate::to_py
