// Generators, asynchronous ones too: each runs in a fiber of its own up to its next yield. See machine.h.
#include <utility>

#include "grade/sim/machine.h"

namespace asyncport::grade::sim {

Value Machine::MakeGenerator(Object* function, const Value& self, Args args, Object* home,
                             bool is_async) {
  Object* generator = Make(Sort::kGenerator);
  generator->is_async = is_async;
  generator->node = args.call;
  generator->text = function->text;
  generator->items = {Value::Of(function)};
  generator->self = self;
  generator->type = home;
  generator->bound = std::move(args);
  return Value::Of(generator);
}

// Runs it up to its next yield. A tuple of the value and whether it has ended.
Value Machine::NextOf(Object* generator, const Value& sent) {
  if (generator->native) {
    Args none;
    return generator->native(*this, none);
  }
  Value step = Promise();
  Object* promise = step.object;
  Use(promise);
  if (generator->state != State::kPending) {
    Settle(promise, State::kDone, List({generator->result, Value::Bool(true)}, Sort::kTuple));
    return step;
  }
  generator->result = sent;
  generator->waits_for = promise;  // who asked last
  if (generator->fiber == nullptr) {
    Object* task = Make(Sort::kPromise);
    task->used = true;
    StartFiber(
        task,
        [this, generator]() -> Value {
          Object* function = generator->items[0].object;
          Value end;
          State state = State::kDone;
          try {
            end = RunBody(function, generator->self, generator->bound, generator->type, generator);
          } catch (const Thrown& thrown) {
            end = thrown.value;
            state = State::kFailed;
          }
          generator->state = State::kDone;
          Object* asked = std::exchange(generator->waits_for, nullptr);
          generator->result = Value{};
          if (asked == nullptr) return {};
          if (state == State::kFailed) {
            Settle(asked, state, end);
          } else {
            Settle(asked, state, List({end, Value::Bool(true)}, Sort::kTuple));
          }
          return {};
        },
        true);
    generator->fiber = task->fiber;
    return step;
  }
  Fiber* fiber = generator->fiber;
  Fiber* outer = std::exchange(current_, fiber);
  Frame* outer_frame = std::exchange(frame_, nullptr);
  fiber->Resume();
  current_ = outer;
  frame_ = outer_frame;
  return step;
}

// Left early: what its `finally` does is done.
bool Machine::CloseGenerator(Object* generator) {
  if (generator->fiber == nullptr || generator->state != State::kPending) return false;
  generator->cancelled = true;
  (void)NextOf(generator, Value{});
  return true;
}

}  // namespace asyncport::grade::sim
