// A local definition as the file needs it: lines that are not wanted go, and signals where nothing can be stopped.
// Example: without a nested timeout the line `const signal = ...; //?outer` of withTimeout is left out.
#include <algorithm>

#include "translate/to_js/cancellation.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/type_values.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

bool AnyNested(Context& c, std::string_view call) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    if (c.IsCallTo(NodeId{i}, call) && SignalAt(c, NodeId{i})) return true;
  }
  return false;
}

bool AnyCalled(Context& c, std::string_view method) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    if (c.MethodName(NodeId{i}) == method) return true;
  }
  return false;
}

bool AnyWithoutLimit(Context& c) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    if (!c.IsCallTo(NodeId{i}, "asyncio.wait_for")) continue;
    auto args = c.As<Call>(NodeId{i}).args();
    NodeId seconds = args.size() > 1 && !c.src().Is(args[1], NodeKind::kKeyword) ? args[1] : KeywordArg(c, NodeId{i}, "timeout");
    if (seconds && May(c, seconds, kNone)) return true;
  }
  return false;
}

// May a handler of the file take a cancellation?
bool AnySwallowed(Context& c) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    if (c.src().Is(NodeId{i}, NodeKind::kCatchClause) && SwallowsAbort(c, NodeId{i})) return true;
  }
  return false;
}

bool HasEnums(Context& c) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    if (c.src().Is(NodeId{i}, NodeKind::kClassDef) && IsEnum(c, NodeId{i})) return true;
  }
  return false;
}

// Is the line marked `//?word` wanted in this file?
bool Wants(Context& c, std::string_view word) {
  if (word == "signal") return LinesTakeSignals(c);
  if (word == "nosignal") return !LinesTakeSignals(c);
  if (word == "join") return AnyCalled(c, "join") || AnyCalled(c, "task_done");
  if (word == "renew") return AnySwallowed(c);
  if (word == "norenew") return !AnySwallowed(c);
  if (word == "abort") return AnyCalled(c, "abort");
  if (word == "current") return AsksForTasks(c);
  if (word == "nocurrent") return !AsksForTasks(c);
  if (word == "message") return CancelsWithMessage(c);
  if (word == "nomessage") return !CancelsWithMessage(c);
  if (word == "group") return FileHasGroups(c);
  if (word == "stopped") return FileHasSignals(c);
  if (word == "plain") return !FileHasSignals(c) && !ErrorsAreRenamed(c);
  if (word == "renamedrunning") return !FileHasSignals(c) && ErrorsAreRenamed(c);
  if (word == "ownnamestopped") return FileHasSignals(c) && !ErrorsAreRenamed(c);
  if (word == "plainerror") return RaisesPlainErrors(c);
  if (word == "maps") return FileHasMaps(c);
  if (word == "objects") return !FileHasMaps(c);
  if (word == "keyed") return KeepsKeys(c);
  if (word == "notkeyed") return !KeepsKeys(c);
  if (word == "json") return ReadsJson(c);
  if (word == "renamed") return ErrorsAreRenamed(c);
  if (word == "notrenamed") return !ErrorsAreRenamed(c);
  if (word == "task") return UsesTaskClass(c);
  if (word == "enums") return HasEnums(c);
  bool nested = AnyNested(c, "asyncio.wait_for") || AnyNested(c, "asyncio.timeout") || AnyNested(c, "asyncio.timeout_at");
  if (word == "outer") return nested;
  if (word == "inner") return !nested;
  if (word == "outergroup") return AnyNested(c, "asyncio.TaskGroup");
  if (word == "none") return AnyWithoutLimit(c);
  if (word == "limit") return !AnyWithoutLimit(c);
  return true;
}

void ReplaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) text.replace(at, from.size(), to);
}

}  // namespace

std::string ManagerCall(Context& c, std::string_view python) { return "manager." + std::string(ManagerName(c, python)) + "("; }

// The definition as this file needs it: wanted lines only, signals only where something can be stopped.
std::string LocalCode(Context& c, const LocalDefinition& given) {
  // Nobody leaves the line early where no signal reaches it.
  bool plain_wait = given.name == "waitIn" && !LinesTakeSignals(c);
  if (given.name == "ExitStack") {
    std::string code = LocalCode(c, *FindLocal("AsyncExitStack"));
    ReplaceAll(code, "await ", "");
    ReplaceAll(code, "async ", "");
    ReplaceAll(code, "AsyncExitStack", "ExitStack");
    ReplaceAll(code, ManagerCall(c, "__aenter__"), ManagerCall(c, "__enter__"));
    ReplaceAll(code, ManagerCall(c, "__aexit__"), ManagerCall(c, "__exit__"));
    return code;
  }
  const LocalDefinition& definition = plain_wait ? *FindLocal("waitIn:plain") : given;
  std::string code;
  std::string_view rest = definition.code;
  while (!rest.empty()) {
    std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    std::size_t mark = line.find(" //?");
    if (mark != std::string_view::npos) {
      if (!Wants(c, line.substr(mark + 4))) continue;
      line = line.substr(0, mark);
    }
    code += line;
    code += '\n';
  }
  if (definition.name == "AsyncExitStack") {
    ReplaceAll(code, "manager.open(", ManagerCall(c, "__aenter__"));
    ReplaceAll(code, "manager.close(", ManagerCall(c, "__aexit__"));
  }
  if (definition.name == "typeLabel" && HandsFloats(c)) ReplaceAll(code, "\"int\"", "\"float\"");
  static constexpr std::string_view kOwn[] = {"abortable", "withTimeout", "Deadline", "TaskGroup", "Task"};
  bool own = std::find(std::begin(kOwn), std::end(kOwn), definition.name) != std::end(kOwn);
  if (!own && !LinesTakeSignals(c)) {
    ReplaceAll(code, ", signal)", ")");
    ReplaceAll(code, "(signal)", "()");
  }
  static constexpr std::string_view kErrors[] = {
      "asyncio.QueueFull",           "asyncio.QueueEmpty", "asyncio.InvalidStateError", "asyncio.BrokenBarrierError",
      "asyncio.IncompleteReadError", "StopAsyncIteration", "ValueError",                "RuntimeError",
      "KeyError",                    "IndexError",         "ZeroDivisionError"};
  for (std::string_view error : kErrors) {
    std::string call = "new " + std::string(error.substr(error.rfind('.') + 1)) + "(";
    if (code.find(call) == std::string::npos) continue;
    NodeId name = ErrorClass(c, error, {});
    ReplaceAll(code, call, "new " + std::string(c.dst().text(name)) + "(");
  }
  return code;
}

}  // namespace asyncport::translate::to_js
