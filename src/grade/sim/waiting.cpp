// Waiting: await, combinators, groups, limits, timeouts, and what Python's `async with` does. See machine.h.
#include <algorithm>
#include <utility>

#include "grade/sim/machine.h"
#include "support/strings.h"

namespace asyncport::grade::sim {

using ir::NodeId;

Value Machine::Await(const Value& value, NodeId node) {
  if (value.object == nullptr) {
    Note(Event::kAwaitPlain, node);
    return value;
  }
  Object* object = value.object;
  if (object->sort == Sort::kCoroutine && !is_js_) {
    if (object->used) Raise("RuntimeError", "cannot reuse already awaited coroutine");
    return RunCoroutine(object);
  }
  if (object->sort == Sort::kOpaque && object->awaitable) {
    Value result = Part(value, object->text);
    result.object->awaitable = object->operation < 0;
    return result;
  }
  if (Object* promise = AsPromise(value)) return AwaitPromise(promise);
  const int operation = object->is_part ? -1 : object->operation;
  Note(Event::kAwaitPlain, node,
       operation < 0 ? std::string()
                     : world_
                           .functions[static_cast<std::size_t>(
                               trace_.calls[static_cast<std::size_t>(operation)].function)]
                           .name);
  return value;
}

// Promise.all, allSettled, race, any, gather: a promise of what comes out.
Value Machine::Combine(const std::string& path, const std::vector<Value>& parts, bool settled,
                       NodeId node) {
  Value whole = Promise();
  Object* result = whole.object;
  result->node = node;
  result->text = path;
  Note(Event::kTool, node, path);
  struct Work {
    std::vector<Value> values;
    std::size_t left = 0;
    std::vector<Value> errors;
  };
  auto work = std::make_shared<Work>();
  work->values.resize(parts.size());
  work->left = parts.size();
  const bool first = path == "Promise.race";
  const bool any = path == "Promise.any";
  if (parts.empty() && !first) {
    Settle(result, State::kDone, List({}));
    return whole;
  }
  std::vector<Object*> promises;
  for (const Value& part : parts) {
    Object* promise = AsPromise(part);
    if (promise == nullptr) {
      const bool known = part.object != nullptr && part.object->operation >= 0;
      if (known || !is_js_) Note(Event::kGatherPlain, node, path);
      promise = Promise().object;
      promise->state = State::kDone;
      promise->result = part;
    }
    promises.push_back(promise);
    Use(promise);
    result->children.push_back(promise);
  }
  for (std::size_t i = 0; i < promises.size(); ++i) {
    Object* promise = promises[i];
    Then(promise, [this, work, i, promise, result, settled, first, any] {
      const bool failed = promise->state == State::kFailed;
      if (first) return Settle(result, promise->state, promise->result);
      if (any) {
        if (!failed) return Settle(result, State::kDone, promise->result);
        work->errors.push_back(promise->result);
        if (--work->left == 0) {
          const Value error = Error("AggregateError", "All promises were rejected");
          error.object->entries.emplace_back(String("errors"), List(work->errors));
          Settle(result, State::kFailed, error);
        }
        return;
      }
      if (failed && !settled) return Reject(result, promise->result);
      if (settled && is_js_) {
        std::vector<std::pair<Value, Value>> record;
        record.emplace_back(String("status"), String(failed ? "rejected" : "fulfilled"));
        record.emplace_back(String(failed ? "reason" : "value"), promise->result);
        work->values[i] = Dict(std::move(record));
      } else {
        work->values[i] = promise->result;
      }
      if (--work->left == 0) Settle(result, State::kDone, List(work->values));
    });
  }
  return whole;
}

// ---------------------------------------------------------------- async with

Value Machine::EnterContext(const Value& manager, bool is_async, NodeId node) {
  Object* object = manager.object;
  if (object == nullptr) return {};
  if (object->sort == Sort::kInstance && object->type == nullptr) {
    const std::string& path = object->text;
    if (path == "asyncio.Semaphore" || path == "asyncio.Lock") {
      if (object->number > 0) {
        object->number -= 1;
        return Value::Null();
      }
      Value turn = Promise();
      object->children.push_back(turn.object);
      (void)AwaitPromise(turn.object);
      return Value::Null();
    }
    if (path == "asyncio.timeout") {
      object->fiber = current_;
      object->waits_for = current_task_;
      if (object->number > 0) {
        int handle = 0;
        After(
            object->number,
            [this, object] {
              object->cancelled = true;
              Cancel(object->waits_for);
            },
            &handle);
        object->index = handle;
      }
      return manager;
    }
    if (path == "asyncio.TaskGroup") {
      object->waits_for = current_task_;
      Note(Event::kTool, node, path);
      return manager;
    }
    return manager;
  }
  if (object->sort == Sort::kGenerator) {  // @contextmanager, @asynccontextmanager
    const Value step = NextOf(object, Value{});
    const Value pair = object->is_async ? AwaitPromise(step.object) : step.object->result;
    return pair.object != nullptr && !pair.object->items.empty() ? pair.object->items[0] : Value{};
  }
  const char* name = is_async ? "__aenter__" : "__enter__";
  if (object->sort == Sort::kInstance && HasMember(manager, name)) {
    const Value entered = CallWith(Get(manager, name, node), {});
    return is_async ? Await(entered, node) : entered;
  }
  if (object->sort == Sort::kOpaque || object->sort == Sort::kCoroutine) {
    Value value = Opaque(object->text);
    value.object->awaitable = true;
    return value;
  }
  return manager;
}

bool Machine::LeaveContext(const Value& manager, bool is_async, const Value* error, NodeId node) {
  Object* object = manager.object;
  if (object == nullptr) return false;
  if (object->sort == Sort::kInstance && object->type == nullptr) {
    const std::string& path = object->text;
    if (path == "asyncio.Semaphore" || path == "asyncio.Lock") {
      object->number += 1;
      while (!object->children.empty()) {
        Object* turn = object->children.front();
        object->children.erase(object->children.begin());
        if (turn->state != State::kPending) continue;
        object->number -= 1;
        Settle(turn, State::kDone, Value::Null());
        break;
      }
      return false;
    }
    if (path == "asyncio.timeout") {
      if (object->index > 0) CancelTimer(object->index);
      if (object->cancelled && error != nullptr &&
          IsInstanceOf(*error, Library("asyncio.CancelledError")))
        Raise("TimeoutError", "timed out");
      return false;
    }
    if (path == "asyncio.TaskGroup") {
      std::optional<Value> failure;
      if (error != nullptr) {
        failure = *error;
        for (Object* child : object->children) Cancel(child);
      }
      std::vector<Value> errors;
      bool gave_up = false;
      for (std::size_t i = 0; i < object->children.size(); ++i) {
        Object* child = object->children[i];
        std::optional<Value> failed;
        try {
          (void)AwaitPromise(child);
        } catch (const Thrown& thrown) {
          failed = thrown.value;
        }
        if (child->state == State::kPending) {  // the group itself was cancelled while it waited
          for (Object* other : object->children) Cancel(other);
          if (!failure) failure = failed;
          gave_up = true;
          break;
        }
        if (failed && !IsInstanceOf(*failed, Library("asyncio.CancelledError"))) {
          errors.push_back(*failed);
          for (Object* other : object->children) Cancel(other);
        }
      }
      if (!errors.empty() && !gave_up) {
        const Value group = Error("ExceptionGroup", "unhandled errors in a TaskGroup");
        group.object->items = errors;
        group.object->entries.emplace_back(String("exceptions"), List(errors, Sort::kTuple));
        throw Thrown{group};
      }
      if (failure) throw Thrown{*failure};
      return false;
    }
    if (path == "contextlib.suppress" && error != nullptr) {
      for (const Value& type : object->items) {
        if (IsInstanceOf(*error, type)) return Note(Event::kHandled, node), true;
      }
    }
    return false;
  }
  if (object->sort == Sort::kGenerator) {
    if (error != nullptr) {
      object->cancelled = true;
    }
    const Value step = NextOf(object, Value{});
    if (object->is_async) (void)AwaitPromise(step.object);
    return false;
  }
  const char* name = is_async ? "__aexit__" : "__exit__";
  if (object->sort == Sort::kInstance && HasMember(manager, name)) {
    const Value what = error != nullptr ? *error : Value::Null();
    const Value left = CallWith(Get(manager, name, node), {what, what, Value::Null()});
    return Truthy(is_async ? Await(left, node) : left) && error != nullptr;
  }
  return false;
}

}  // namespace asyncport::grade::sim
