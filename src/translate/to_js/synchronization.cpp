// Event, Lock, Semaphore, Queue, Condition, Barrier and Future of asyncio: small local classes, since Node has none.
// Example: `queue.put_nowait(x)` -> `queue.putNowait(x)` with a class AsyncQueue in the file.
#include "translate/to_js/callbacks.h"
#include "translate/to_js/cancellation.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

#include <algorithm>

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

struct Class {
  std::string_view python;
  std::string_view local;
  std::string_view lesson;
};
constexpr Class kClasses[] = {
    {"asyncio.Event", "Gate", "event-to-promise"},
    {"asyncio.Lock", "Mutex", "lock-promise-chain"},
    {"asyncio.Semaphore", "Semaphore", "semaphore-limit"},
    {"asyncio.BoundedSemaphore", "BoundedSemaphore", "semaphore-limit"},
    {"asyncio.Queue", "AsyncQueue", "queue-no-builtin"},
    {"asyncio.LifoQueue", "AsyncStack", "queue-no-builtin"},
    {"asyncio.PriorityQueue", "PriorityQueue", "queue-no-builtin"},
    {"asyncio.Condition", "Condition", "condition-no-builtin"},
    {"asyncio.Barrier", "Barrier", "barrier-no-builtin"},
};

struct Member {
  std::string_view cls;  // suffix of the library class
  std::string_view python;
  std::string_view code;  // $X receiver, $$$ARGS arguments
};
constexpr Member kMembers[] = {
    {"Event", "is_set", "$X.isSet()"},
    {"Lock", "locked", "$X.locked()"},
    {"Semaphore", "locked", "$X.locked()"},
    {"Queue", "put_nowait", "$X.putNowait($$$ARGS)"},
    {"Queue", "get_nowait", "$X.getNowait()"},
    {"Queue", "task_done", "$X.taskDone()"},
    {"Queue", "empty", "$X.empty()"},
    {"Queue", "full", "$X.full()"},
    {"Queue", "qsize", "$X.qsize()"},
    {"Condition", "notify_all", "$X.notifyAll()"},
    // those that wait take a signal
    {"Condition", "wait_for", "$X.waitFor($$$ARGS)"},
    {"Condition", "wait", "$X.wait($$$ARGS)"},
    {"Condition", "acquire", "$X.acquire($$$ARGS)"},
    {"Event", "wait", "$X.wait($$$ARGS)"},
    {"Lock", "acquire", "$X.acquire($$$ARGS)"},
    {"Semaphore", "acquire", "$X.acquire($$$ARGS)"},
    {"Barrier", "wait", "$X.wait($$$ARGS)"},
    {"Queue", "put", "$X.put($$$ARGS)"},
    {"Queue", "get", "$X.get($$$ARGS)"},
    {"Queue", "join", "$X.join($$$ARGS)"},
};

bool IsLiteral(Context& c, NodeId id) {
  for (NodeKind kind : {NodeKind::kNumber, NodeKind::kString, NodeKind::kBool, NodeKind::kNull}) {
    if (c.src().Is(id, kind)) return true;
  }
  return false;
}

bool IsLoop(Context& c, NodeId id) {
  std::string_view library = LibraryClassOf(c, id);
  return library.ends_with("EventLoop");
}

// Methods of the event loop, which in Node is simply there.
std::optional<NodeId> TranslateLoopMethod(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  if (!method) return std::nullopt;
  auto args = call.args();
  if (LibraryClassOf(c, method.object()).ends_with("TimerHandle") && method.name() == "cancel") {
    return Js(c, "clearTimeout($H)", {{"H", c.Expr(method.object())}}, id);
  }
  if (LibraryClassOf(c, method.object()).ends_with("TimerHandle")) return c.Refuse(id, "untranslated", {{"reason", "`TimerHandle." + std::string(method.name()) + "`"}});
  if (!IsLoop(c, method.object())) return std::nullopt;
  auto rest = [&](std::size_t from) {
    NodeList list;
    for (NodeId a : args.subspan(from)) list.push_back(c.Expr(a));
    return list;
  };
  // Arguments are worked out now, also those of a call that an arrow makes later.
  auto ready = [&](std::size_t from) {
    NodeList list;
    for (NodeId a : args.subspan(from)) {
      const facts::BindingId binding = c.facts().BindingOf(a);
      const bool stays = c.src().Is(a, NodeKind::kName) && binding && !c.facts().binding(binding).reassigned;
      if (stays || IsLiteral(c, a)) {
        list.push_back(c.Expr(a));
        continue;
      }
      std::string name = c.names().Fresh("value");
      if (!c.HoistEffect(c.NewAssign(c.NewName(name), c.Expr(a), {}, DeclKind::kConst), id)) return rest(from);
      list.push_back(c.NewName(name));
    }
    return list;
  };
  if ((method.name() == "call_later" || method.name() == "call_at") && args.size() >= 2) {
    c.SayOnce("call-later-set-timeout", id);
    NodeId ms = Milliseconds(c, args[0]);
    if (method.name() == "call_at") ms = Js(c, "$W - performance.now()", {{"W", ms}});
    if (IsPlainFunction(c, args[1])) {
      return Js(c, "setTimeout($F, $MS, $$$ARGS)", {{"F", c.Expr(args[1])}, {"MS", ms}, {"ARGS", rest(2)}}, id);
    }
    return Js(c, "setTimeout($F, $MS)", {{"F", Callback(c, args[1], ready(2), id)}, {"MS", ms}}, id);
  }
  if ((method.name() == "call_soon" || method.name() == "call_soon_threadsafe") && !args.empty()) {
    c.SayOnce("call-later-set-timeout", id);
    return Js(c, "queueMicrotask($F)", {{"F", Callback(c, args[0], ready(1), id)}}, id);
  }
  if (method.name() == "add_signal_handler" && args.size() >= 2) {
    return Js(c, "process.on($S, $F)",
              {{"S", c.Expr(args[0])}, {"F", Callback(c, args[1], ready(2), id)}}, id);
  }
  if (method.name() == "remove_signal_handler" && args.size() == 1) {
    return Js(c, "process.removeAllListeners($S)", {{"S", c.Expr(args[0])}}, id);
  }
  if (method.name() == "time" && args.empty()) return Js(c, "performance.now() / 1000", {}, id);
  if (method.name() == "run_until_complete" && args.size() == 1) {
    c.MarkStarted(args[0]);
    return c.New(make::Await{.value = c.Expr(args[0])}, id);
  }
  if (method.name() == "create_future" || method.name() == "create_task" || method.name() == "run_in_executor") return std::nullopt;
  return c.Refuse(id, "untranslated", {{"reason", "`loop." + std::string(method.name()) + "`"}});
}

// `loop = asyncio.get_running_loop()`, and what only manages the loop.
bool TranslateLoopStatement(Context& c, NodeId id, NodeList&) {
  NodeId value;
  if (auto assign = c.As<Assign>(id)) value = assign.value();
  if (auto statement = c.As<ExprStmt>(id)) value = statement.value();
  auto call = value ? c.As<Call>(value) : Call();
  if (!call) return false;
  if (IsLoop(c, value) && c.src().Is(id, NodeKind::kAssign)) {
    c.Absorb(id);
    return true;
  }
  auto method = c.As<Attribute>(call.callee());
  bool manages = c.IsCallTo(value, "asyncio.set_event_loop") || (method && IsLoop(c, method.object()) && method.name() == "close");
  if (manages) c.Absorb(id);
  return manages;
}

// The loop as a value: there is only one, and nobody needs to name it.
std::optional<NodeId> TranslateLoopName(Context& c, NodeId id) {
  NodeId parent = c.facts().Parent(id);
  if (!HasCategory(c.src().kind(parent), category::Expr) && !c.src().Is(parent, NodeKind::kKeyword)) return std::nullopt;
  if (c.src().Is(parent, NodeKind::kAttribute) || !IsLoop(c, id)) return std::nullopt;
  facts::BindingId binding = c.facts().BindingOf(id);
  if (!binding || c.facts().binding(binding).kind == facts::BindingKind::kParam) return std::nullopt;
  return c.New(make::Null{}, id);
}

bool IsSynchronizer(std::string_view name) {
  return std::any_of(std::begin(kClasses), std::end(kClasses),
                     [&](const Class& row) { return row.python == name; });
}

NodeId NewSynchronizer(Context& c, std::string_view name, NodeList args, facts::TypeId element, NodeId origin) {
  for (const Class& row : kClasses) {
    if (row.python != name) continue;
    c.SayOnce(row.lesson, origin);
    if (row.local == "PriorityQueue") {
      bool known = KindsOf(c, element) != 0 && (KindsOf(c, element) & (kUnknown | kInstance | kLibrary | kOther)) == 0;
      if (!known && !ClassOf(c, element)) c.SayOnce("sequence-comparison", origin);
      Local(c, "heapPush");
      Local(c, "heapPop");
    }
    return c.New(make::New{.callee = Local(c, row.local), .args = std::move(args)}, origin);
  }
  return kNoNode;
}

std::optional<NodeId> TranslateCall(Context& c, NodeId id) {
  if (auto result = TranslateLoopMethod(c, id)) return result;
  auto call = c.As<Call>(id);
  std::string name = c.facts().ResolvedName(call.callee());
  NodeList args;
  if (IsSynchronizer(name)) {
    for (NodeId a : call.args()) {
      auto keyword = c.As<Keyword>(a);
      args.push_back(c.Expr(keyword ? keyword.value() : a));
    }
    return NewSynchronizer(c, name, std::move(args), ElementOf(c, id), id);
  }
  auto method = c.As<Attribute>(call.callee());
  bool makes_future = method && method.name() == "create_future" && call.args().empty();
  if (makes_future || name == "asyncio.Future") {
    c.SayOnce("future-deferred", id);
    return c.New(make::New{.callee = Local(c, UsesFutureClass(c) ? "Future" : "Deferred")}, id);
  }
  if (!method) return std::nullopt;
  std::size_t mark = name.find('#');
  if (!name.starts_with("asyncio.") || mark == std::string::npos) return std::nullopt;
  std::string_view library = std::string_view(name).substr(0, mark);
  for (const Member& row : kMembers) {
    if (row.python != method.name() || !library.ends_with(row.cls)) continue;
    NodeId object = c.Expr(method.object());
    NodeList args;
    for (NodeId arg : call.args()) {
      // What the test gives is asked for its truth, and an empty list is false.
      auto test = row.python == "wait_for" ? c.As<Lambda>(arg) : Lambda();
      bool plain = test && test.params().empty() && !c.src().Is(test.body(), NodeKind::kBlock);
      args.push_back(plain ? Arrow(c, {}, Condition(c, test.body()), arg) : c.Expr(arg));
    }
    static constexpr std::string_view kWaits[] = {"wait_for", "wait", "acquire", "put", "get", "join"};
    bool waits = std::find(std::begin(kWaits), std::end(kWaits), row.python) != std::end(kWaits);
    if (NodeId signal = waits ? SignalAt(c, id) : kNoNode) args.push_back(signal);
    return Js(c, row.code, {{"X", object}, {"ARGS", std::move(args)}}, id);
  }
  return std::nullopt;
}

// `signal.SIGINT` -> "SIGINT"
std::optional<NodeId> TranslateSignalName(Context& c, NodeId id) {
  std::string name = c.facts().ResolvedName(id);
  if (!name.starts_with("signal.SIG")) return std::nullopt;
  return c.NewString(std::string_view(name).substr(7), id);
}

std::optional<NodeId> TranslateQueueLimit(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  if (attribute.name() != "maxsize" || LibraryClassOf(c, attribute.object()) != "asyncio.Queue") return std::nullopt;
  return c.NewAttribute(c.Expr(attribute.object()), "limit", id);
}

}  // namespace

NodeId EmptySynchronizer(Context& c, std::string_view name, NodeId origin) {
  return IsSynchronizer(name) ? NewSynchronizer(c, name, {}, {}, origin) : kNoNode;
}

void RegisterSynchronization(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateCall);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateSignalName);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateQueueLimit);
  t.Claim(NodeKind::kName, Order::kBeforeCards, &TranslateLoopName);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateLoopStatement);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateLoopStatement);
}

}  // namespace asyncport::translate::to_js
