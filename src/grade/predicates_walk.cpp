// Predicates over what happened when the answer was walked: order, overlap, waiting, time, failures. See predicates.h.
#include <algorithm>

#include "advise/work.h"
#include "grade/exercise.h"
#include "grade/predicates.h"
#include "shape/shape.h"

namespace asyncport::grade {
namespace {

using ir::NodeId;
using sim::Event;
using sim::OperationCall;
using sim::Trace;

const std::vector<std::string>& List(const Check& check, const std::string& key) {
  static const std::vector<std::string> kNone;
  const auto it = check.lists.find(key);
  return it == check.lists.end() ? kNone : it->second;
}
double Number(const Check& check, const std::string& key, double otherwise) {
  const auto it = check.numbers.find(key);
  return it == check.numbers.end() ? otherwise : it->second;
}
std::string Word(const Check& check, const std::string& key, std::string otherwise = {}) {
  const auto it = check.words.find(key);
  return it == check.words.end() ? otherwise : it->second;
}

std::vector<int> Indexes(const Evidence& evidence, const std::vector<std::string>& names) {
  std::vector<int> out;
  for (const std::string& name : names) out.push_back(FunctionIndex(evidence, name));
  return out;
}

std::vector<const OperationCall*> CallsOf(const Trace& trace, int function) {
  std::vector<const OperationCall*> out;
  for (const OperationCall& call : trace.calls) {
    if (call.function == function) out.push_back(&call);
  }
  return out;
}

// Asks for every way; the first that fails is the answer.
template <typename Ask>
Finding OnEveryWay(const Evidence& evidence, Ask&& ask) {
  for (const Trace& trace : *evidence.traces) {
    Finding finding = ask(trace);
    if (!finding.holds) return finding;
  }
  return Finding::Yes();
}

Finding Missing(const Evidence& evidence, const std::string& name) {
  return Finding::No(evidence.entry, "Call `" + name + "`: the task needs its result.");
}

// ---------------------------------------------------------------- waiting

Finding EntryIsAsync(const Evidence& evidence, const Check& check) {
  const ir::Tree& tree = evidence.facts.tree();
  const bool is_js = tree.language() == Language::kJs;
  if (tree.Is(evidence.entry, ir::NodeKind::kModule)) {
    bool returns = false;
    bool waits = false;
    advise::VisitOwn(tree, evidence.entry, [&](NodeId node) {
      returns = returns || tree.Is(node, ir::NodeKind::kReturn);
      waits = waits || tree.Is(node, ir::NodeKind::kAwait);
      return true;
    });
    if (is_js && waits && !returns && Number(check, "module", 1) != 0) return Finding::Yes();
    return Finding::No(
        evidence.entry,
        is_js
            ? "Put the steps into an `async` function: outside of one there is nothing to return from."
            : "Put the steps into an `async def`: `await` works only inside one.");
  }
  if (advise::IsDeclaredAsync(tree, evidence.entry)) return Finding::Yes();
  // A plain function that hands on a promise or coroutine is waited for like an async one.
  if (Number(check, "promise", 1) != 0) {
    const bool gives = std::all_of(evidence.traces->begin(), evidence.traces->end(),
                                   [](const Trace& t) { return t.returns_awaitable; });
    bool awaits_inside = false;
    advise::VisitOwn(tree, evidence.entry, [&](NodeId node) {
      awaits_inside = awaits_inside || tree.Is(node, ir::NodeKind::kAwait);
      return true;
    });
    if (gives && !awaits_inside) return Finding::Yes();
  }
  return Finding::No(
      evidence.entry,
      is_js ? "Make the function `async` (or return the promise): its caller has to wait for it."
            : "Write `async def`: a plain function cannot wait for asynchronous work.",
      "");
}

Finding AwaitsExactly(const Evidence& evidence, const Check& check) {
  const ir::Tree& tree = evidence.facts.tree();
  const bool is_js = tree.language() == Language::kJs;
  const auto& names = List(check, "of");
  const auto indexes = Indexes(evidence, names);
  return OnEveryWay(evidence, [&](const Trace& trace) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto calls = CallsOf(trace, indexes[i]);
      if (calls.empty()) return Missing(evidence, names[i]);
      const auto& functions = evidence.scenario->functions;
      const auto takes =
          static_cast<std::size_t>(functions[static_cast<std::size_t>(indexes[i])].takes);
      for (const OperationCall* call : calls) {
        if (call->args.size() < takes)
          return Finding::No(call->node, "Give `" + names[i] + "` the argument that it needs.");
        if (!call->awaited) {
          return Finding::No(call->node,
                             "Wait for `" + names[i] +
                                 "` before its result is used: without `await` it is only " +
                                 (is_js ? "a promise." : "a coroutine that never runs to its end."),
                             is_js ? "floating-promise" : "unawaited-coroutine");
        }
      }
    }
    for (const sim::Happening& h : trace.happenings) {
      switch (h.event) {
        case Event::kAwaitPlain:
          if (h.text.empty() && is_js && Number(check, "strict", 1) == 0) break;
          return Finding::No(
              h.node,
              h.text.empty()
                  ? "Keep `await` for what is asynchronous: this value is there already."
                  : "Call `" + h.text + "` without `await`: what it gives is no awaitable.",
              "useless-await");
        case Event::kAwaitOutside:
          return Finding::No(
              h.node, "Use `await` only inside an async function: here it is a syntax error.",
              "await-outside-async");
        case Event::kGatherPlain:
          return Finding::No(
              h.node,
              "Hand the calls over without `await` in front of each: they are finished before they could be joined.",
              is_js ? "await-in-promise-all" : "gather-already-awaited");
        case Event::kNestedRun:
          return Finding::No(
              h.node,
              "Use `await` here: a loop is running already, and a second one cannot start inside it.",
              "asyncio-run-inside-loop");
        case Event::kUnawaited:
          return Finding::No(h.node, "Await this call: a coroutine that nobody awaits never runs.",
                             "unawaited-coroutine");
        case Event::kFloating:
          return is_js ? Finding::No(h.node,
                                     "Wait for this promise: nobody sees its end or its failure.",
                                     "floating-promise")
                       : Finding::No(h.node,
                                     "Await this task: what it gives is in its result, not in the "
                                     "task itself.",
                                     "dangling-task");
        case Event::kPending:
          return Finding::No(
              h.node, "Await this task before the function returns: it is cancelled half-way.",
              "dangling-task");
        case Event::kNotAwaitedUse:
          return Finding::No(h.node,
                             std::string("Await first, then use the value: this is still a ") +
                                 (is_js ? "promise." : "coroutine or a task."),
                             is_js ? "misused-promise" : "unawaited-coroutine");
        default:
          break;
      }
    }
    return Finding::Yes();
  });
}

Finding NoAwaitOn(const Evidence& evidence, const Check& check) {
  const auto& names = List(check, "of");
  return OnEveryWay(evidence, [&](const Trace& trace) {
    for (const sim::Happening& h : trace.happenings) {
      if (h.event == Event::kAwaitPlain &&
          std::find(names.begin(), names.end(), h.text) != names.end())
        return Finding::No(h.node, "Call `" + h.text + "` without `await`: it is a plain function.",
                           "useless-await");
    }
    return Finding::Yes();
  });
}

Finding Calls(const Evidence& evidence, const Check& check) {
  const auto& names = List(check, "of");
  const double least = Number(check, "min", 1);
  const double most = Number(check, "max", 1e9);
  return OnEveryWay(evidence, [&](const Trace& trace) {
    for (const std::string& name : names) {
      const auto calls = CallsOf(trace, FunctionIndex(evidence, name));
      const auto begun = static_cast<double>(
          std::count_if(calls.begin(), calls.end(), [](const auto* c) { return c->begin >= 0; }));
      if (begun < least) {
        return least <= 1
                   ? Missing(evidence, name)
                   : Finding::No(calls.empty() ? evidence.entry : calls.back()->node,
                                 "Call `" + name + "` " + std::to_string(static_cast<int>(least)) +
                                     " times in this case: it was called " +
                                     std::to_string(static_cast<int>(begun)) + " times.");
      }
      if (begun > most) {
        return Finding::No(
            calls.back()->node,
            "Call `" + name + "` no more than " +
                (most == 1 ? "once" : std::to_string(static_cast<int>(most)) + " times") +
                " in this case: it was called " + std::to_string(static_cast<int>(begun)) +
                " times.");
      }
    }
    return Finding::Yes();
  });
}

// ---------------------------------------------------------------- order

Finding Schedule(const Evidence& evidence, const Check& check) {
  const auto& names = List(check, "of");
  const auto indexes = Indexes(evidence, names);
  const std::string mode = Word(check, "mode", "concurrent");
  return OnEveryWay(evidence, [&](const Trace& trace) {
    std::vector<const OperationCall*> calls;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto of = CallsOf(trace, indexes[i]);
      // That something is not called at all is no matter of order.
      if (of.empty() && mode == "concurrent") return Missing(evidence, names[i]);
      if (!of.empty()) calls.push_back(of.front());
    }
    if (mode == "concurrent") {
      for (std::size_t i = 0; i < calls.size(); ++i) {
        const OperationCall& call = *calls[i];
        const bool waited = call.awaited && call.end >= 0 && call.end <= trace.elapsed + 1e-9;
        if (call.begin < 0 || (!waited && Number(check, "waited", 1) != 0))
          return Finding::No(call.node, "Start " + Names(evidence, names) +
                                            " together and wait for all of them: `" + names[i] +
                                            "` is not waited for.");
        for (const OperationCall* other : calls) {
          const bool apart = other->end >= 0 && other->end <= call.begin + 1e-9;
          if (apart && other != calls[i])
            return Finding::No(
                call.node,
                "Start " + Names(evidence, names) +
                    " together: here one begins only when the other has ended, and the times add up.",
                "independent-awaits");
        }
      }
      return Finding::Yes();
    }
    for (std::size_t i = 1; i < calls.size(); ++i) {
      const OperationCall& before = *calls[i - 1];
      const OperationCall& after = *calls[i];
      if (before.begin < 0 || after.begin < 0) continue;  // never ran: waiting is judged elsewhere
      if (before.end < 0 || after.begin < before.end - 1e-9) {
        if (after.end >= 0 && after.end <= before.begin + 1e-9 &&
            Number(check, "any_order", 0) != 0)
          continue;
        const bool swapped = after.end >= 0 && after.end <= before.begin + 1e-9;
        return Finding::No(after.node, swapped
                                           ? "Call `" + names[i - 1] + "` before `" + names[i] +
                                                 "`: the order is part of the task."
                                           : "Let `" + names[i] + "` begin when `" + names[i - 1] +
                                                 "` has ended: here both run at the same time.");
      }
    }
    return Finding::Yes();
  });
}

// How many calls of a function run at the same time.
Finding Overlap(const Evidence& evidence, const Check& check) {
  const auto& names = List(check, "of");
  const auto indexes = Indexes(evidence, names);
  const double least = Number(check, "min", 0);
  const double most = Number(check, "max", 1e9);
  return OnEveryWay(evidence, [&](const Trace& trace) {
    std::vector<const OperationCall*> calls;
    for (const OperationCall& call : trace.calls) {
      if (std::find(indexes.begin(), indexes.end(), call.function) != indexes.end() &&
          call.begin >= 0)
        calls.push_back(&call);
    }
    if (calls.empty()) return least > 0 ? Missing(evidence, names.front()) : Finding::Yes();
    double highest = 0;
    NodeId where = calls.front()->node;
    for (const OperationCall* call : calls) {
      const auto now = static_cast<double>(
          std::count_if(calls.begin(), calls.end(), [&](const OperationCall* other) {
            return other->begin <= call->begin + 1e-9 &&
                   (other->end < 0 || other->end > call->begin + 1e-9);
          }));
      if (now > highest) {
        highest = now;
        where = call->node;
      }
    }
    const std::string seen = std::to_string(static_cast<int>(highest));
    if (highest < least)
      return Finding::No(where,
                         least == 2 && highest == 1
                             ? "Let the calls of " + Names(evidence, names) +
                                   " run at the same time: here each waits for the one before."
                             : "Let " + std::to_string(static_cast<int>(least)) + " calls of " +
                                   Names(evidence, names) + " run at the same time: here it is " +
                                   seen + ".",
                         "await-in-loop");
    if (highest > most)
      return Finding::No(
          where, most == 1 ? "Let the calls of " + Names(evidence, names) +
                                 " follow each other: here " + seen + " run at the same time."
                           : "Let no more than " + std::to_string(static_cast<int>(most)) +
                                 " calls of " + Names(evidence, names) +
                                 " run at the same time: here it is " + seen + ".");
    return Finding::Yes();
  });
}

Finding Elapsed(const Evidence& evidence, const Check& check) {
  const double least = Number(check, "min", 0);
  const double most = Number(check, "max", 1e9);
  return OnEveryWay(evidence, [&](const Trace& trace) {
    if (!trace.finished)
      return Finding::No(
          evidence.entry,
          "Make sure that the function ends: it waits for something that never happens.");
    if (trace.elapsed > most + 1e-6)
      return Finding::No(evidence.entry,
                         "Let the function end sooner: it waits for longer than the task allows.");
    if (trace.elapsed < least - 1e-6)
      return Finding::No(evidence.entry,
                         "Wait for the work before the function ends: it ends too soon.");
    return Finding::Yes();
  });
}

// ---------------------------------------------------------------- failures

Finding Outcome(const Evidence& evidence, const Check& check) {
  const std::string result = Word(check, "is_", Word(check, "result", "returns"));
  const auto& errors = List(check, "error");
  return OnEveryWay(evidence, [&](const Trace& trace) {
    if (!trace.halted.empty() || !trace.finished)
      return Finding::No(
          evidence.entry,
          "Make sure that the function ends: " +
              (trace.halted.empty() ? std::string("it waits for something that never happens")
                                    : trace.halted) +
              ".");
    if (result == "returns" && trace.raised)
      return Finding::No(
          evidence.entry,
          "Handle the failure inside the function: its caller gets `" + trace.error_name + "`.");
    if (result == "raises") {
      if (!trace.raised)
        return Finding::No(evidence.entry, "Let the failure reach the caller: here it disappears.");
      if (!errors.empty()) {
        std::string last = trace.error_name.substr(trace.error_name.rfind('.') + 1);
        std::vector<std::string> names = {last};
        if (trace.error.object != nullptr) {
          for (const sim::Object* t = trace.error.object->type; t != nullptr; t = t->type)
            names.push_back(t->text);
          for (const sim::Value& item : trace.error.object->items) {
            if (item.object != nullptr) names.push_back(item.object->text);
          }
        }
        const bool known = std::any_of(errors.begin(), errors.end(), [&](const std::string& e) {
          return std::find(names.begin(), names.end(), e) != names.end();
        });
        if (!known)
          return Finding::No(evidence.entry, "Let " + Names(evidence, errors) +
                                                 " reach the caller: it gets `" + last +
                                                 "` instead.");
      }
    }
    return Finding::Yes();
  });
}

Finding Cancels(const Evidence& evidence, const Check& check) {
  const auto& names = List(check, "of");
  const double least = Number(check, "min", 1);
  return OnEveryWay(evidence, [&](const Trace& trace) {
    for (const std::string& name : names) {
      const auto calls = CallsOf(trace, FunctionIndex(evidence, name));
      const auto count = static_cast<double>(
          std::count_if(calls.begin(), calls.end(), [](const auto* c) { return c->cancelled; }));
      if (count < least)
        return Finding::No(calls.empty() ? evidence.entry : calls.front()->node,
                           "Cancel `" + name + "` when nobody needs it any more: here it runs on.");
    }
    return Finding::Yes();
  });
}

Finding NotCancelled(const Evidence& evidence, const Check& check) {
  return OnEveryWay(evidence, [&](const Trace& trace) {
    for (const std::string& name : List(check, "of")) {
      for (const OperationCall* call : CallsOf(trace, FunctionIndex(evidence, name))) {
        if (call->cancelled || call->begin < 0 || call->end < 0)
          return Finding::No(call->node,
                             "Let `" + name + "` come to its end: here it is given up half-way.");
      }
    }
    return Finding::Yes();
  });
}

Finding NotAwaited(const Evidence& evidence, const Check& check) {
  return OnEveryWay(evidence, [&](const Trace& trace) {
    for (const std::string& name : List(check, "of")) {
      const auto calls = CallsOf(trace, FunctionIndex(evidence, name));
      if (calls.empty()) return Missing(evidence, name);
      for (const OperationCall* call : calls) {
        if (call->begin < 0)
          return Finding::No(
              call->node,
              "Start `" + name + "` as a task: a coroutine that nobody awaits never runs.",
              "unawaited-coroutine");
        if (call->end >= 0 && call->end <= trace.elapsed && call->end > call->begin &&
            trace.elapsed >= call->end)
          return Finding::No(call->node, "Do not wait for `" + name +
                                             "`: the answer has to be there before it ends.");
      }
    }
    return Finding::Yes();
  });
}

// Nothing that happened is of these kinds.
struct Kind {
  std::string_view name;
  Event event;
  std::string_view message;
  std::string_view explain;
};
constexpr Kind kKinds[] = {
    {"blocking", Event::kBlocking,
     "Hand blocking work to a thread, or wait with an asynchronous call: here the whole event loop stands still.",
     "blocking-sleep"},
    {"floating", Event::kFloating,
     "Wait for this work, or keep and watch it: nobody sees its end or its failure.",
     "floating-promise"},
    {"unhandled", Event::kUnhandled, "Handle this failure: nobody sees it.", "floating-promise"},
    {"unawaited", Event::kUnawaited, "Await this call: a coroutine that nobody awaits never runs.",
     "unawaited-coroutine"},
    {"pending", Event::kPending, "Wait for this task: it is cancelled when the program ends.",
     "dangling-task"},
    {"executor", Event::kExecutor,
     "Use the promise that is there already: `new Promise` around it adds a place for failures to get lost.",
     "async-promise-executor"},
    {"timer", Event::kTimer, "Wait with a promise instead of a timer's callback.", ""},
    {"misuse", Event::kNotAwaitedUse, "Await first, then use the value.", "misused-promise"},
    {"timer-left", Event::kTimerLeft,
     "Clear this timer when the answer is there: until it fires, the program cannot end.", ""},
    {"flat-merge", Event::kFlatMerge,
     "Keep the results under names of their own: merged into one object, equal fields overwrite each other.",
     ""},
    {"plain-await", Event::kAwaitPlain, "Keep `await` for what is asynchronous.", "useless-await"},
    {"nested-run", Event::kNestedRun, "Use `await`: a loop is running already.",
     "asyncio-run-inside-loop"},
};

Finding NoEvent(const Evidence& evidence, const Check& check) {
  return OnEveryWay(evidence, [&](const Trace& trace) {
    for (const std::string& name : List(check, "of")) {
      for (const Kind& kind : kKinds) {
        if (kind.name != name) continue;
        for (const sim::Happening& h : trace.happenings) {
          if (h.event != kind.event) continue;
          if (kind.event == Event::kExecutor && h.text != "around") continue;
          return Finding::No(h.node, std::string(kind.message), std::string(kind.explain));
        }
      }
    }
    return Finding::Yes();
  });
}

Finding NoTool(const Evidence& evidence, const Check& check) {
  const auto& tools = List(check, "of");
  return OnEveryWay(evidence, [&](const Trace& trace) {
    for (const sim::Happening& h : trace.happenings) {
      if (h.event == Event::kTool && std::find(tools.begin(), tools.end(), h.text) != tools.end())
        return Finding::No(h.node, "Do without `" + h.text +
                                       "` here: plain `await`, one after the other, says it all.");
    }
    return Finding::Yes();
  });
}

Finding UsesTool(const Evidence& evidence, const Check& check) {
  const auto& tools = List(check, "of");
  return OnEveryWay(evidence, [&](const Trace& trace) {
    for (const sim::Happening& h : trace.happenings) {
      if (h.event == Event::kTool && std::find(tools.begin(), tools.end(), h.text) != tools.end())
        return Finding::Yes();
    }
    return Finding::No(evidence.entry, "Use " + Names(evidence, tools) + ": the task asks for it.");
  });
}

// The first call that is asynchronous has to wait for nothing but these.
Finding StaysResponsive(const Evidence& evidence, const Check& check) {
  const double most = Number(check, "max", 0);
  return OnEveryWay(evidence, [&](const Trace& trace) {
    if (trace.blocked <= most + 1e-9) return Finding::Yes();
    for (const sim::Happening& h : trace.happenings) {
      if (h.event == Event::kBlocking)
        return Finding::No(
            h.node, "Keep the event loop free: while `" + h.text + "` runs here, nothing else can.",
            "blocking-sleep");
    }
    return Finding::No(evidence.entry, "Keep the event loop free.");
  });
}

Finding PassesOn(const Evidence& evidence, const Check& check) {
  // A call got the result of another: `to` was called with what `from` gave.
  const int from = FunctionIndex(evidence, Word(check, "from"));
  const int to = FunctionIndex(evidence, Word(check, "to"));
  return OnEveryWay(evidence, [&](const Trace& trace) {
    const auto calls = CallsOf(trace, to);
    if (calls.empty()) return Missing(evidence, Word(check, "to"));
    for (const OperationCall* call : calls) {
      const bool got = std::any_of(call->args.begin(), call->args.end(), [&](const sim::Value& v) {
        return v.object != nullptr && v.object->operation >= 0 &&
               trace.calls[static_cast<std::size_t>(v.object->operation)].function == from &&
               (Number(check, "awaited", 0) == 0 ||
                (v.object->sort != sim::Sort::kPromise && v.object->sort != sim::Sort::kCoroutine));
      });
      if (!got)
        return Finding::No(call->node, "Give `" + Word(check, "to") + "` what `" +
                                           Word(check, "from") + "` found.");
    }
    return Finding::Yes();
  });
}

}  // namespace

void AddWalkPredicates(std::vector<PredicateInfo>& out) {
  out.push_back(
      {"entry-is-async",
       {"promise", "module"},
       "the answer's function is async, or hands on a promise or coroutine (`promise` = false: not that)",
       EntryIsAsync});
  out.push_back({"awaits-exactly",
                 {"of", "strict"},
                 "each of these calls is waited for, and nothing is awaited that is no awaitable",
                 AwaitsExactly,
                 {"of"}});
  out.push_back(
      {"no-await-on", {"of"}, "these plain functions are not awaited", NoAwaitOn, {"of"}});
  out.push_back(
      {"calls", {"of", "min", "max"}, "each of these is called, so many times", Calls, {"of"}});
  out.push_back(
      {"schedule",
       {"of", "mode", "waited", "any_order"},
       "`mode` concurrent: the calls overlap; sequential: each begins when the one before has ended",
       Schedule,
       {"of"}});
  out.push_back({"overlap",
                 {"of", "min", "max"},
                 "how many calls run at the same time at the most",
                 Overlap,
                 {"of"}});
  out.push_back(
      {"elapsed", {"min", "max"}, "how many seconds the answer takes in the scenario", Elapsed});
  out.push_back({"outcome",
                 {"result", "error"},
                 "`result` returns or raises; `error`: one of these classes",
                 Outcome});
  out.push_back(
      {"cancels", {"of", "min"}, "calls of these are cancelled or aborted", Cancels, {"of"}});
  out.push_back(
      {"not-cancelled", {"of"}, "calls of these come to their end", NotCancelled, {"of"}});
  out.push_back({"not-awaited",
                 {"of"},
                 "these are started and run, and the answer does not wait for them",
                 NotAwaited,
                 {"of"}});
  out.push_back(
      {"no-event",
       {"of"},
       "nothing of these kinds happens: blocking, floating, unhandled, unawaited, pending, executor, timer, timer-left, misuse, flat-merge, plain-await, nested-run",
       NoEvent});
  out.push_back({"no-tool", {"of"}, "none of these tools of concurrency is used", NoTool});
  out.push_back({"uses-tool", {"of"}, "one of these tools is used", UsesTool});
  out.push_back({"stays-responsive",
                 {"max"},
                 "the event loop stands still for no longer than so many seconds",
                 StaysResponsive});
  out.push_back({"passes-on",
                 {"from", "to", "awaited"},
                 "`to` is called with the result of `from`",
                 PassesOn,
                 {"from", "to"}});
}

}  // namespace asyncport::grade
