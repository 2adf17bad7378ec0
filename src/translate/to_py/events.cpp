// Emitters of events: `EventEmitter` becomes a small class of the same methods, as asyncio has none; `once` a future,
// `on` in a `for await` a queue. Only the methods that the file uses are written.
// Example: `const [port] = await once(server, "listening")` -> `[port] = await once(server, "listening")`.
#include <algorithm>
#include <string>

#include "translate/quote.h"
#include "translate/to_py/beginnings.h"
#include "translate/to_py/emitters.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

constexpr std::string_view kEmitter = "node:events.EventEmitter";

std::string EventName(Context& c, NodeId node) {
  auto text = c.As<String>(node);
  return text ? std::string(text.value()) : "*";
}

// Does the source mention a member of this name anywhere?
bool Mentions(Context& c, std::initializer_list<std::string_view> names) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    auto attribute = c.As<Attribute>(NodeId{i});
    if (attribute && std::find(names.begin(), names.end(), attribute.name()) != names.end())
      return true;
    auto field = c.As<Field>(NodeId{i});
    if (field && std::find(names.begin(), names.end(), field.name()) != names.end()) return true;
  }
  return false;
}

void Replace(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

NodeId EmitterClass(Context& c, NodeId origin) {
  const Emitters& emitters = c.State<Emitters>();
  std::string code = R"(
from collections import defaultdict

class EventEmitter:
    """Calls the listeners of an event in the order in which they were added."""

    def __init__(self):
        self._listeners = defaultdict(list)

    def on(self, event, listener):
        self._listeners[event].append(listener)
        return self
)";
  if (Mentions(c, {"addListener"})) code += "\n    add_listener = on\n";
  if (Mentions(c, {"prependListener"})) {
    code += R"(
    def prepend_listener(self, event, listener):
        self._listeners[event].insert(0, listener)
        return self
)";
  }
  bool once = Mentions(c, {"once"}) || emitters.awaits_once;
  if (once) {
    code += R"(
    def once(self, event, listener):
        def fire(*args):
            self.off(event, fire)
            return listener(*args)

        fire.listener = listener
        return self.on(event, fire)
)";
  }
  if (once || emitters.iterates || Mentions(c, {"off", "removeListener", "on"})) {
    code += once ? R"(
    def off(self, event, listener):
        listeners = self._listeners[event]
        for i in reversed(range(len(listeners))):
            if listener in (listeners[i], getattr(listeners[i], "listener", None)):
                del listeners[i]
                break
        return self
)"
                 : R"(
    def off(self, event, listener):
        listeners = self._listeners[event]
        for i in reversed(range(len(listeners))):
            if listeners[i] == listener:
                del listeners[i]
                break
        return self
)";
    if (!once && !emitters.iterates && !Mentions(c, {"off", "removeListener"}))
      code.resize(code.rfind("\n    def off"));
  }
  if (Mentions(c, {"removeListener"})) code += "\n    remove_listener = off\n";
  if (Mentions(c, {"removeAllListeners"})) {
    code += R"(
    def remove_all_listeners(self, event=None):
        if event is None:
            self._listeners.clear()
        else:
            self._listeners.pop(event, None)
        return self
)";
  }
  if (Mentions(c, {"listenerCount"})) {
    code += R"(
    def listener_count(self, event):
        return len(self._listeners[event])
)";
  }
  if (Mentions(c, {"listeners", "rawListeners"})) {
    code += R"(
    def listeners(self, event):
        return [getattr(f, "listener", f) for f in self._listeners[event]]
)";
  }
  if (Mentions(c, {"eventNames"})) {
    code += R"(
    def event_names(self):
        return [event for event, known in self._listeners.items() if known]
)";
  }
  code += R"(
    def emit(self, event, *args):
        listeners = list(self._listeners[event])
)";
  if (emitters.emits_error) {
    code += R"(        if event == "error" and not listeners:
            raise args[0]
)";
  }
  if (emitters.any_async) {
    BackgroundTasks(c);  // the tasks of asynchronous listeners are kept like other work
    code += R"(        for listener in listeners:
            result = listener(*args)
            if asyncio.iscoroutine(result):
                task = asyncio.create_task(result)
                background_tasks.add(task)
                task.add_done_callback(background_tasks.discard)
        return bool(listeners)
)";
    code.insert(0, "\nimport asyncio");
  } else {
    code += R"(        for listener in listeners:
            listener(*args)
        return bool(listeners)
)";
  }
  if (Mentions(c, {"_listeners"})) Replace(code, "_listeners[", "_event_listeners[");
  if (Mentions(c, {"_listeners"})) Replace(code, "self._listeners", "self._event_listeners");
  c.SayOnce("event-emitter-callbacks", origin);
  return DefineOnce(c, "EventEmitter", code, origin);
}

// `EventEmitter`, however it was imported; `events.EventEmitter`.
std::optional<NodeId> TranslateEmitterName(Context& c, NodeId id) {
  std::string path = c.facts().ResolvedName(id);
  if (path == "node:events") {
    // The module itself is the class; `events.once` is not asked for through it here.
    auto attribute = c.As<Attribute>(c.facts().Parent(id));
    if (attribute && attribute.object() == id) return std::nullopt;
  } else if (path != kEmitter) {
    return std::nullopt;
  }
  facts::BindingId binding =
      c.src().Is(id, NodeKind::kName) ? c.facts().BindingOf(id) : facts::BindingId{};
  if (binding && c.facts().binding(binding).declaration == id) return std::nullopt;
  return EmitterClass(c, id);
}

std::optional<NodeId> TranslateNewEmitter(Context& c, NodeId id) {
  auto made = c.As<ir::New>(id);
  std::string path = c.facts().ResolvedName(made.callee());
  if (path != kEmitter && path != "node:events") return std::nullopt;
  return c.NewCall(EmitterClass(c, made.callee()), {}, id);
}

// `once(emitter, "event")` of node:events: listens at once, so it is a future and no coroutine.
NodeId OnceFunction(Context& c) {
  std::string code = R"(
import asyncio

def once(emitter, event):
    """Return a future of the arguments of the next event of that name."""
    future = asyncio.get_running_loop().create_future()

    def on_event(*args):
        if not future.done():
            future.set_result(list(args))

    emitter.once(event, on_event)
    return future
)";
  if (c.State<Emitters>().emits_error) {
    code = R"(
import asyncio

def once(emitter, event):
    """Return a future of the arguments of the next event of that name."""
    future = asyncio.get_running_loop().create_future()

    def on_event(*args):
        emitter.off("error", on_error)
        if not future.done():
            future.set_result(list(args))

    def on_error(err):
        emitter.off(event, on_event)
        if not future.done():
            future.set_exception(err)

    emitter.once(event, on_event)
    if event != "error":
        emitter.once("error", on_error)
    return future
)";
  }
  return DefineOnce(c, "once", code);
}

std::optional<NodeId> TranslateOnce(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  std::string path = c.facts().ResolvedName(call.callee());
  bool once = path == "node:events.once" || path == "node:events.EventEmitter.once";
  bool on = path == "node:events.on" || path == "node:events.EventEmitter.on";
  if (!once && !on) return std::nullopt;
  std::optional<NodeId> signal = kNoNode;
  if (call.args().size() == 3) signal = SignalOption(c, call.args()[2]);
  if (call.args().size() < 2 || !signal)
    return c.Refuse(id, "untranslated", {{"reason", "options of `" + path.substr(12) + "`"}});
  c.SayOnce("event-once-future", id);
  NodeList args = c.Exprs(call.args().first(2));
  if (*signal && once)
    return Abortable(c, c.NewCall(OnceFunction(c), std::move(args)), *signal, id);
  if (once) return MarkFuture(c, c.NewCall(OnceFunction(c), std::move(args), id));
  if (*signal) {
    AbortErrorClass(c);
    args.push_back(c.Expr(*signal));
    NodeId function = DefineOnce(c, "events_until", R"(
import asyncio

def events_until(emitter, event, signal):
    """Yield the arguments of each event of that name until the signal is set."""
    queue = asyncio.Queue()

    def on_event(*args):
        queue.put_nowait(list(args))

    emitter.on(event, on_event)
    signal.add_listener(lambda: queue.put_nowait(None))

    async def stream():
        try:
            while (args := await queue.get()) is not None:
                yield args
            raise AbortError("The operation was aborted")
        finally:
            emitter.off(event, on_event)

    return stream()
)");
    return c.NewCall(function, std::move(args), id);
  }
  NodeId function = DefineOnce(c, "events", R"(
import asyncio

def events(emitter, event):
    """Yield the arguments of each event of that name, from now on."""
    queue = asyncio.Queue()

    def on_event(*args):
        queue.put_nowait(list(args))

    emitter.on(event, on_event)

    async def stream():
        try:
            while True:
                yield await queue.get()
        finally:
            emitter.off(event, on_event)

    return stream()
)");
  return c.NewCall(function, std::move(args), id);
}

// The nearest function around the node that has a `this` of its own.
NodeId FunctionOfThis(Context& c, NodeId id) {
  NodeId function = c.facts().EnclosingFunction(id);
  for (; function; function = c.facts().EnclosingFunction(function)) {
    auto expr = c.As<FunctionExpr>(function);
    if (!c.src().Is(function, NodeKind::kLambda) && !(expr && expr.is_arrow())) return function;
  }
  return function;
}

// `this` in a listener is the emitter, in a timer's callback the timer.
std::optional<NodeId> TranslateThisOfCallback(Context& c, NodeId id) {
  NodeId function = FunctionOfThis(c, id);
  auto call = function ? c.As<Call>(c.facts().Parent(function)) : Call();
  if (!call || call.callee() == function || !c.src().Is(function, NodeKind::kFunctionExpr))
    return std::nullopt;
  if (AddsListener(EmitterMethod(c, call.id()))) {
    NodeId emitter = c.As<Attribute>(call.callee()).object();
    bool plain = c.src().Is(emitter, NodeKind::kName) || c.src().Is(emitter, NodeKind::kSelfRef);
    return plain ? std::optional(c.Expr(emitter)) : std::nullopt;
  }
  if (!c.IsCallTo(call.id(), "setInterval") && !c.IsCallTo(call.id(), "setTimeout"))
    return std::nullopt;
  auto assign = c.As<Assign>(c.facts().Parent(call.id()));
  bool named = assign && assign.targets().size() == 1 && call.args()[0] == function &&
               c.src().Is(assign.targets()[0], NodeKind::kName);
  return named ? std::optional(c.NewName(c.TargetName(assign.targets()[0]), id)) : std::nullopt;
}

// Limits on listeners have no meaning in Python.
bool TranslateEmitterStatement(Context& c, NodeId id, NodeList& out) {
  NodeId value = c.As<ExprStmt>(id).value();
  std::string_view method = EmitterMethod(c, value);
  if (method == "setMaxListeners") {
    c.Absorb(id);
    return true;
  }
  if (method != "emit" || !c.MayAwait(id)) return false;
  auto call = c.As<Call>(value);
  const Emitters::Event* event =
      call.args().empty() ? nullptr : c.State<Emitters>().Of(EventName(c, call.args()[0]));
  if (!event || !event->has_eager_listener) return false;
  // The listener's beginning runs while the event is emitted.
  out.push_back(c.NewExprStmt(c.Expr(value), id));
  c.SayOnce("eager-prefix-order", id);
  NodeId turn = c.NewCall(c.Library("asyncio.sleep"), {c.NewInt(0)});
  out.push_back(c.NewExprStmt(c.New(make::Await{.value = turn}, {})));
  return true;
}

}  // namespace

std::string_view EmitterMethod(Context& c, NodeId call_id) {
  auto call = c.As<Call>(call_id);
  auto attribute = call ? c.As<Attribute>(call.callee()) : Attribute();
  if (!attribute) return {};
  std::string path = c.facts().ResolvedName(call.callee());
  if (!path.starts_with(kEmitter) || path.size() <= kEmitter.size() || path[kEmitter.size()] != '#')
    return {};
  return attribute.name();
}

bool AddsListener(std::string_view method) {
  return method == "on" || method == "once" || method == "addListener" ||
         method == "prependListener" || method == "prependOnceListener";
}

Emitters::Emitters(Context& c) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    NodeId id{i};
    std::string_view method = EmitterMethod(c, id);
    auto call = c.As<Call>(id);
    if (method.empty()) {
      // `super.emit(...)`, and emitters that inference lost sight of.
      std::string path = call ? c.facts().ResolvedName(call.callee()) : std::string();
      awaits_once =
          awaits_once || path == "node:events.once" || path == "node:events.EventEmitter.once";
      iterates = iterates || path == "node:events.on" || path == "node:events.EventEmitter.on";
      if (c.MethodName(id) != "emit" || call.args().empty()) continue;
      method = "emit";
    }
    if (call.args().empty()) continue;
    Event& event = events_[EventName(c, call.args()[0])];
    if (method == "emit") {
      std::string name = EventName(c, call.args()[0]);
      emits_error = emits_error || name == "error" || name == "*";
      std::size_t plain = 0;
      for (NodeId arg : call.args())
        (c.src().Is(arg, NodeKind::kSpread) ? event.spread = true : (++plain, false));
      if (plain > 0) --plain;
      event.min = std::min(event.min, plain);
      event.max = std::max(event.max, plain);
    } else if (AddsListener(method) && call.args().size() >= 2) {
      NodeId listener = call.args()[1];
      facts::Facts::Functions functions = c.facts().FunctionsOf(listener);
      bool is_async = functions.others;
      for (NodeId function : functions.nodes) {
        event.listeners.push_back(function);
        // An arrow may hand on what an asynchronous function gives.
        auto lambda = c.As<Lambda>(function);
        bool one = c.TargetIsAsync(function) ||
                   (lambda && GivesWork(c, lambda.body()));
        is_async = is_async || one;
        event.has_eager_listener =
            event.has_eager_listener || (one && c.facts().HasEagerPrefix(function));
      }
      event.has_async_listener = event.has_async_listener || is_async;
      any_async = any_async || is_async;
    }
  }
}

const Emitters::Event* Emitters::Of(std::string_view event) const {
  auto it = events_.find(std::string(event));
  return it == events_.end() ? nullptr : &it->second;
}

void RegisterEvents(Topics& t) {
  t.Claim(NodeKind::kSelfRef, Order::kBeforeCards, &TranslateThisOfCallback);
  t.Claim(NodeKind::kName, Order::kBeforeCards, &TranslateEmitterName);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateEmitterName);
  t.Claim(NodeKind::kNew, Order::kBeforeCards, &TranslateNewEmitter);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateOnce);
  t.Claim(NodeKind::kExprStmt, Order::kBeforeCards, &TranslateEmitterStatement);
}

}  // namespace asyncport::translate::to_py
