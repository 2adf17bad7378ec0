// AbortController and AbortSignal. A signal that is only asked whether it is aborted is an asyncio.Event; else the file
// gets a small class of the same members, and what takes `{ signal }` is wrapped so that aborting ends it.
// Example: `await sleep(1000, undefined, { signal })` -> `await abortable(asyncio.sleep(1), signal)`.
#include <string>

#include "translate/quote.h"
#include "translate/to_py/parts.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

bool IsSignal(Context& c, NodeId id) {
  const facts::Type& type = c.facts().type(c.facts().TypeOf(id));
  return type.kind == TypeKind::kInstance && type.name == "AbortSignal";
}

// Are all signals of the file only tested, and handed to functions of the file that do no more?
struct Signals {
  explicit Signals(Context& c) {
    bool made = false;
    for (std::uint32_t i = 1; i < c.src().size() && !made; ++i)
      made = c.src().kind(NodeId{i}) == NodeKind::kNew && c.IsCallTo(NodeId{i}, "AbortController");
    bool simple = made;
    for (std::uint32_t i = 1; i < c.src().size() && simple; ++i) {
      NodeId id{i};
      NodeKind kind = c.src().kind(id);
      if (kind == NodeKind::kAttribute) simple = MemberIsSimple(c, id);
      if (simple && (kind == NodeKind::kAttribute || kind == NodeKind::kName) && IsSignal(c, id))
        simple = UseIsSimple(c, id);
    }
    as_event = simple;
  }

  bool as_event = false;

 private:
  static bool MemberIsSimple(Context& c, NodeId id) {
    auto attribute = c.As<Attribute>(id);
    std::string path = c.facts().ResolvedName(id);
    if (path.starts_with("AbortSignal.")) return false;
    if (path == "AbortController#abort") {
      auto call = c.As<Call>(c.facts().Parent(id));
      return call && call.callee() == id && call.args().empty() && !attribute.is_optional();
    }
    if (path == "AbortController#signal" || path == "AbortSignal#aborted")
      return !attribute.is_optional();
    if (path.starts_with("AbortController#") || path.starts_with("AbortSignal#") ||
        path.starts_with("EventTarget#"))
      return false;
    std::string_view name = attribute.name();
    return name != "aborted" && name != "throwIfAborted" && name != "addEventListener" &&
           name != "onabort";
  }

  static bool UseIsSimple(Context& c, NodeId id) {
    NodeId parent = c.facts().Parent(id);
    if (auto attribute = c.As<Attribute>(parent)) return attribute.object() == id;
    if (auto call = c.As<Call>(parent))
      return call.callee() == id || !c.facts().PossibleCallees(parent).empty();
    return c.src().Is(parent, NodeKind::kAssign) || c.src().Is(parent, NodeKind::kParam);
  }
};

// Does the source mention a member of this name?
bool Mentions(Context& c, std::string_view name) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    auto attribute = c.As<Attribute>(NodeId{i});
    if (attribute && attribute.name() == name) return true;
  }
  return false;
}

}  // namespace

NodeId AbortErrorClass(Context& c) {
  std::string code = R"(
class AbortError(Exception):
    """Raised in work that is not wanted any more."""
)";
  if (Mentions(c, "code")) code += "\n    code = \"ABORT_ERR\"\n";
  return DefineOnce(c, "AbortError", code);
}

namespace {

NodeId SignalClass(Context& c, NodeId origin) {
  AbortErrorClass(c);
  std::string code = R"(
class AbortSignal:
    """Tells those who ask or listen that their work is not wanted any more."""

    def __init__(self):
        self.aborted = False
        self.reason = None
        self._listeners = []
)";
  if (Mentions(c, "timeout")) {
    code += R"(
    @classmethod
    def timeout(cls, delay):
        signal = cls()
        error = TimeoutError("The operation was aborted due to timeout")
        asyncio.get_running_loop().call_later(delay, signal.set, error)
        return signal
)";
    code.insert(0, "\nimport asyncio");
  }
  if (Mentions(c, "any")) {
    code += R"(
    @classmethod
    def any(cls, signals):
        combined = cls()
        for signal in signals:
            if signal.aborted:
                combined.set(signal.reason)
            signal.add_listener(lambda signal=signal: combined.set(signal.reason))
        return combined
)";
  }
  bool aborts = false;
  for (std::uint32_t i = 1; i < c.src().size(); ++i)
    aborts = aborts || c.IsCallTo(NodeId{i}, "AbortSignal.abort");
  if (aborts) {
    code += R"(
    @classmethod
    def abort(cls, reason=None):
        signal = cls()
        signal.set(reason)
        return signal
)";
  }
  code += R"(
    def set(self, reason=None):
        if self.aborted:
            return
        self.aborted = True
        self.reason = reason or AbortError("This operation was aborted")
        for listener in list(self._listeners):
            listener()

    def add_listener(self, listener):
        self._listeners.append(listener)

    def remove_listener(self, listener):
        if listener in self._listeners:
            self._listeners.remove(listener)
)";
  if (Mentions(c, "throwIfAborted")) {
    code += R"(
    def throw_if_aborted(self):
        if self.aborted:
            known = isinstance(self.reason, BaseException)
            raise self.reason if known else RuntimeError(self.reason)
)";
  }
  c.SayOnce("abort-signal-checked", origin);
  return DefineOnce(c, "AbortSignal", code, origin);
}

NodeId ControllerClass(Context& c, NodeId origin) {
  SignalClass(c, origin);
  return DefineOnce(c, "AbortController", R"(
class AbortController:
    """The side that aborts."""

    def __init__(self):
        self.signal = AbortSignal()

    def abort(self, reason=None):
        self.signal.set(reason)
)",
                    origin);
}

std::optional<NodeId> TranslateName(Context& c, NodeId id) {
  std::string_view text = c.src().text(id);
  if (text != "AbortController" && text != "AbortSignal") return std::nullopt;
  if (c.facts().ResolvedName(id) != text) return std::nullopt;
  return text == "AbortController" ? ControllerClass(c, id) : SignalClass(c, id);
}

std::optional<NodeId> TranslateNew(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "AbortController")) return std::nullopt;
  if (c.State<Signals>().as_event) {
    c.SayOnce("abort-signal-checked", id);
    return c.NewCall(c.Library("asyncio.Event"), {}, id);
  }
  return c.NewCall(ControllerClass(c, id), {}, id);
}

// `const controller`, and the signals of parameters, are all the one event then.
std::optional<NodeId> TranslateMember(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  std::string path = c.facts().ResolvedName(id);
  if (c.State<Signals>().as_event) {
    if (path == "AbortController#signal") return c.Expr(attribute.object());
    if (path == "AbortSignal#aborted")
      return c.NewCall(c.NewAttribute(c.Expr(attribute.object()), "is_set"), {}, id);
    return std::nullopt;
  }
  if (attribute.name() != "aborted" || c.facts().KindOf(attribute.object()) != TypeKind::kUnknown)
    return std::nullopt;
  return c.NewAttribute(c.Expr(attribute.object()), "aborted", id);
}

// `event.type` and `event.target` in a listener that is written here.
void NameEvent(Context& c, NodeId listener, NodeId signal) {
  auto params = FunctionParams(c, listener);
  if (params.empty() || !c.src().Is(c.As<Param>(params[0]).target(), NodeKind::kName)) return;
  facts::BindingId event = c.facts().BindingOf(c.As<Param>(params[0]).target());
  for (NodeId read : c.facts().binding(event).reads) {
    auto attribute = c.As<Attribute>(c.facts().Parent(read));
    if (!attribute || attribute.object() != read) continue;
    if (attribute.name() == "type") c.Override(attribute.id(), c.NewString("abort"));
    if (attribute.name() == "target" && c.IsPure(signal))
      c.Override(attribute.id(), c.Expr(signal));
  }
}

std::optional<NodeId> TranslateCall(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto attribute = c.As<Attribute>(call.callee());
  if (!attribute) return std::nullopt;
  std::string path = c.facts().ResolvedName(call.callee());
  if (path == "AbortController#abort" && c.State<Signals>().as_event) {
    return c.NewCall(c.NewAttribute(c.Expr(attribute.object()), "set"), {}, id);
  }
  if (path == "AbortSignal.timeout" && call.args().size() == 1) {
    c.SayOnce("abort-signal-timeout", id);
    return c.NewCall(c.NewAttribute(SignalClass(c, id), "timeout"), {Seconds(c, call.args()[0])},
                     id);
  }
  bool adds = attribute.name() == "addEventListener";
  bool removes = attribute.name() == "removeEventListener";
  if ((!adds && !removes) || call.args().size() < 2) return std::nullopt;
  auto event = c.As<String>(call.args()[0]);
  bool signal = IsSignal(c, attribute.object()) || (event && event.value() == "abort");
  if (!signal || !event || event.value() != "abort") return std::nullopt;
  SignalClass(c, id);
  NodeId method =
      c.NewAttribute(c.Expr(attribute.object()), adds ? "add_listener" : "remove_listener");
  NameEvent(c, call.args()[1], attribute.object());
  return c.NewCall(method, {c.Expr(call.args()[1])}, id);
}

// `signal.onabort = stop;`
bool TranslateOnAbort(Context& c, NodeId id, NodeList& out) {
  auto assign = c.As<Assign>(id);
  auto target = assign.targets().size() == 1 ? c.As<Attribute>(assign.targets()[0]) : Attribute();
  if (!target || target.name() != "onabort" || !assign.value()) return false;
  SignalClass(c, id);
  NodeId method = c.NewAttribute(c.Expr(target.object()), "add_listener");
  NameEvent(c, assign.value(), target.object());
  out.push_back(c.NewExprStmt(c.NewCall(method, {c.Expr(assign.value())}), id));
  return true;
}

// `sleep(ms, value, { signal })` of node:timers/promises.
std::optional<NodeId> TranslateSleep(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  std::string path = c.facts().ResolvedName(call.callee());
  if (path != "node:timers/promises.setTimeout" || call.args().size() != 3) return std::nullopt;
  auto options = c.As<Dict>(call.args()[2]);
  if (!options) return std::nullopt;
  std::optional<NodeId> signal = SignalOption(c, call.args()[2]);
  if (!signal) return std::nullopt;
  NodeList args{Seconds(c, call.args()[0])};
  NodeId value = call.args()[1];
  if (!c.src().Is(value, NodeKind::kUndefined) && !c.src().Is(value, NodeKind::kNull))
    args.push_back(c.Expr(value));
  NodeId sleep = c.NewCall(c.Library("asyncio.sleep"), std::move(args));
  return *signal ? Abortable(c, sleep, *signal, id) : sleep;
}

}  // namespace

std::optional<NodeId> SignalOption(Context& c, NodeId options_id) {
  auto options = c.As<Dict>(options_id);
  if (!options) return std::nullopt;
  NodeId signal;
  for (NodeId e : options.entries()) {
    auto entry = c.As<DictEntry>(e);
    auto key = entry ? c.As<String>(entry.key()) : String();
    if (!key || (key.value() != "signal" && key.value() != "ref")) return std::nullopt;
    if (key.value() == "signal") signal = entry.value();
  }
  return signal;
}

// Does the file make its signals of timeouts alone? Then its lesson is theirs.
bool OnlyTimeouts(Context& c) {
  bool timeouts = false;
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    if (c.IsCallTo(NodeId{i}, "AbortController")) return false;
    timeouts = timeouts || c.IsCallTo(NodeId{i}, "AbortSignal.timeout");
  }
  return timeouts;
}

NodeId Abortable(Context& c, NodeId awaitable, NodeId source_signal, NodeId origin) {
  AbortErrorClass(c);
  if (!IsSignal(c, source_signal)) SignalClass(c, origin);
  if (!OnlyTimeouts(c)) c.SayOnce("abort-controller-cancel", origin);
  NodeId function = DefineOnce(c, "abortable", R"(
import asyncio

async def abortable(awaitable, signal):
    """Await something; raise AbortError as soon as the signal is set."""
    task = asyncio.ensure_future(awaitable)
    if signal is None:
        return await task
    cancel = task.cancel
    signal.add_listener(cancel)
    if signal.aborted:
        cancel()
    try:
        return await task
    except asyncio.CancelledError:
        if not signal.aborted:
            raise
        known = isinstance(signal.reason, BaseException)
        cause = signal.reason if known else None
        raise AbortError("The operation was aborted") from cause
    finally:
        signal.remove_listener(cancel)
)");
  return c.NewCall(function, {awaitable, c.Expr(source_signal)}, origin);
}

void RegisterAbort(Topics& t) {
  t.Claim(NodeKind::kName, Order::kBeforeCards, &TranslateName);
  t.Claim(NodeKind::kNew, Order::kBeforeCards, &TranslateNew);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateMember);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateCall);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateSleep);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &TranslateOnAbort);
}

}  // namespace asyncport::translate::to_py
