// The local definitions about work that runs: tasks, futures, timeouts, groups, exit stacks. A line that ends in `//?word`
// is left out where the file does not need it: `signal` (something can be stopped), `outer` (a timeout inside of what can
// be stopped), `none` (a timeout may be None), `task` (tasks are objects).
// Example: `t = asyncio.create_task(poll())`, asked with `t.done()` -> `new Task((signal) => poll(signal))`.
#include "translate/to_js/quote.h"

namespace asyncport::translate::to_js {

namespace {

constexpr LocalDefinition kLocals[] = {
    {"abortable", R"(
function abortable(work, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      if (work.cancel?.()) return; //?task
      reject(signal.reason);
    };
    if (signal?.aborted) stop();
    signal?.addEventListener("abort", stop, { once: true });
    Promise.resolve(work)
      .finally(() => signal?.removeEventListener("abort", stop))
      .then(resolve, reject);
  });
})", ""},
    {"reportFailure", R"(
function reportFailure(err) {
  if (err.name !== "AbortError") console.error(err);
})", ""},
    {"ignoreAbort", R"(
function ignoreAbort(err) {
  if (err.name !== "AbortError") console.error(err);
})", ""},
    {"withTimeout", R"(
async function withTimeout(work, ms) { //?inner
async function withTimeout(work, ms, outer) { //?outer
  const deadline = new AbortController();
  const signal = deadline.signal; //?inner
  const signal = outer ? AbortSignal.any([outer, deadline.signal]) : deadline.signal; //?outer
  const timer = setTimeout(() => deadline.abort(), ms); //?limit
  const timer = ms === null ? null : setTimeout(() => deadline.abort(), ms); //?none
  try {
    return await work(signal);
  } catch (err) {
    if (!deadline.signal.aborted || err.name !== "AbortError") throw err;
    throw new TimeoutError("");
  } finally {
    clearTimeout(timer);
  }
})", ""},
    {"Deadline", R"(
class Deadline {
  #controller = new AbortController();
  #timer;

  constructor(ms) { //?inner
  constructor(ms, outer) { //?outer
    this.signal = this.#controller.signal; //?inner
    this.signal = outer ? AbortSignal.any([outer, this.#controller.signal]) : this.#controller.signal; //?outer
    this.reschedule(ms);
  }

  get expired() {
    return this.#controller.signal.aborted;
  }

  reschedule(ms) {
    clearTimeout(this.#timer);
    if (ms !== null) this.#timer = setTimeout(() => this.#controller.abort(), ms);
  }

  failure(err) {
    return this.expired && err.name === "AbortError" ? new TimeoutError("") : err;
  }

  stop() {
    clearTimeout(this.#timer);
  }
})", ""},
    {"TaskGroup", R"(
class TaskGroup {
  #controller = new AbortController();
  #tasks = [];
  #errors = [];
  #outer; //?outergroup

  constructor(outer) { //?outergroup
    this.#outer = outer; //?outergroup
    outer?.addEventListener("abort", () => this.#controller.abort()); //?outergroup
    if (outer?.aborted) this.#controller.abort(); //?outergroup
  } //?outergroup

  get signal() {
    return this.#controller.signal;
  }

  add(task) {
    this.#tasks.push(task.then(undefined, (err) => this.#note(err)));
    this.signal.addEventListener("abort", () => task.cancel?.()); //?task
    return task;
  }

  fail(err) {
    if (err.name !== "AbortError") this.#errors.push(err);
    this.#controller.abort();
  }

  async join() {
    while (this.#tasks.length > 0) await this.#tasks.shift();
    const count = this.#errors.length;
    if (count > 0) {
      const text = `unhandled errors in a TaskGroup (${count} sub-exception${count > 1 ? "s" : ""})`;
      throw new AggregateError(this.#errors, text);
    }
    this.#outer?.throwIfAborted(); //?outergroup
  }

  #note(err) {
    if (err.name === "AbortError") return;
    this.#errors.push(err);
    setImmediate(() => this.#controller.abort());
  }
})", ""},
    {"Task", R"(
class Task {
  static #running = new Set();
  static #started = 1;
  static #owners = new WeakMap(); //?renew
  static #storage = new AsyncLocalStorage(); //?current
  static #main = new Task((signal) => once(signal, "abort").then(() => signal.throwIfAborted()), "Task-1"); //?current
  #controller = new AbortController();
  #promise;
  #state = "pending";
  #outcome;

  constructor(work, name) {
    this.name = name ?? `Task-${++Task.#started}`;
    const signal = this.#renew(); //?renew
    const { signal } = this.#controller; //?norenew
    Task.#running.add(this);
    this.#promise = nextTurn()
      .then(() => {
        signal.throwIfAborted();
        return work(signal); //?nocurrent
        return Task.#storage.run(this, () => work(signal)); //?current
      })
      .then(
        (value) => this.#settle("done", value),
        (err) => {
          this.#settle(err.name === "AbortError" ? "cancelled" : "failed", err);
          throw err;
        },
      );
    this.#promise.catch(() => {});
  }

  static renewed(signal) {
    return signal?.aborted ? Task.#owners.get(signal)?.#renew() : signal;
  }

  static current() {
    return Task.#storage.getStore() ?? Task.#main; //?current
  }

  static all() {
    return new Set(Task.#running);
  }

  static async stopAll() {
    const tasks = [...Task.#running];
    for (const task of tasks) task.cancel();
    await Promise.allSettled(tasks);
  }

  then(onValue, onError) {
    return this.#promise.then(onValue, onError);
  }

  catch(onError) {
    return this.#promise.catch(onError);
  }

  finally(onEnd) {
    return this.#promise.finally(onEnd);
  }

  getName() {
    return this.name;
  }

  setName(name) {
    this.name = name;
  }

  cancel() { //?nomessage
  cancel(message = "") { //?message
    if (this.done()) return false;
    this.#controller.abort(); //?nomessage
    this.#controller.abort(new DOMException(message, "AbortError")); //?message
    return true;
  }

  done() {
    return this.#state !== "pending";
  }

  cancelled() {
    return this.#state === "cancelled";
  }

  result() {
    if (!this.done()) throw new InvalidStateError("Result is not set.");
    if (this.#state !== "done") throw this.#outcome;
    return this.#outcome;
  }

  exception() {
    if (!this.done()) throw new InvalidStateError("Exception is not set.");
    if (this.cancelled()) throw this.#outcome;
    return this.#state === "failed" ? this.#outcome : null;
  }

  addDoneCallback(callback) {
    const run = () => callback(this);
    this.#promise.then(run, run);
  }

  #renew() {
    this.#controller = new AbortController();
    Task.#owners.set(this.#controller.signal, this); //?renew
    return this.#controller.signal;
  }

  #settle(state, outcome) {
    Task.#running.delete(this);
    this.#state = state;
    this.#outcome = outcome;
    return outcome;
  }
})", "node:timers/promises:setImmediate as nextTurn"},
    {"Deferred", R"(
class Deferred {
  #promise;

  constructor() {
    this.#promise = new Promise((resolve, reject) => {
      this.setResult = (value) => setImmediate(resolve, value);
      this.setException = (err) => setImmediate(reject, err);
    });
    this.#promise.catch(() => {});
  }

  then(onValue, onError) {
    return this.#promise.then(onValue, onError);
  }

  catch(onError) {
    return this.#promise.catch(onError);
  }
})", ""},
    {"Future", R"(
class Future {
  #promise;
  #settle;
  #state = "pending";
  #outcome;

  constructor() {
    this.#promise = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.#promise.catch(() => {});
  }

  then(onValue, onError) {
    return this.#promise.then(onValue, onError);
  }

  catch(onError) {
    return this.#promise.catch(onError);
  }

  finally(onEnd) {
    return this.#promise.finally(onEnd);
  }

  setResult(value) {
    this.#finish("done", value);
    setImmediate(this.#settle.resolve, value);
  }

  setException(err) {
    this.#finish("failed", err);
    setImmediate(this.#settle.reject, err);
  }

  cancel() {
    if (this.done()) return false;
    const err = new DOMException("The future was cancelled", "AbortError");
    this.#finish("cancelled", err);
    this.#settle.reject(err);
    return true;
  }

  done() {
    return this.#state !== "pending";
  }

  cancelled() {
    return this.#state === "cancelled";
  }

  result() {
    if (!this.done()) throw new InvalidStateError("Result is not set.");
    if (this.#state !== "done") throw this.#outcome;
    return this.#outcome;
  }

  exception() {
    if (!this.done()) throw new InvalidStateError("Exception is not set.");
    if (this.cancelled()) throw this.#outcome;
    return this.#state === "failed" ? this.#outcome : null;
  }

  addDoneCallback(callback) {
    const run = () => callback(this);
    this.#promise.then(run, run);
  }

  #finish(state, outcome) {
    if (this.done()) throw new InvalidStateError("invalid state");
    this.#state = state;
    this.#outcome = outcome;
  }
})", ""},
    {"waitFor", R"(
async function waitFor(tasks, { until = "all", ms, signal } = {}) { //?signal
async function waitFor(tasks, { until = "all", ms } = {}) { //?nosignal
  const done = new Set();
  const pending = new Set(tasks);
  const line = [];
  const finish = () => setImmediate(() => line.shift()?.());
  const settle = (task, failed) => {
    pending.delete(task);
    done.add(task);
    if (until === "first" || pending.size === 0 || (failed && until === "failure")) finish();
  };
  for (const task of pending) {
    task.then(
      () => settle(task, false),
      () => settle(task, true),
    );
  }
  const timer = ms === undefined ? undefined : setTimeout(finish, ms);
  await waitIn(line, signal).finally(() => clearTimeout(timer));
  return [new Set(done), new Set(pending)];
})", "", "waitIn"},
    {"nextOf", R"(
async function nextOf(items, ...fallback) {
  const { value, done } = await items[Symbol.asyncIterator]().next();
  if (!done) return value;
  if (fallback.length > 0) return fallback[0];
  throw new StopAsyncIteration("");
})", ""},
    {"sendTo", R"(
async function sendTo(generator, item) {
  const { value, done } = await generator.next(item);
  if (done) throw new StopAsyncIteration("");
  return value;
})", ""},
    {"throwInto", R"(
async function throwInto(generator, err) {
  const { value, done } = await generator.throw(err);
  if (done) throw new StopAsyncIteration("");
  return value;
})", ""},
    {"asCompleted", R"(
function asCompleted(promises) {
  const slots = promises.map(() => new Deferred());
  let next = 0;
  for (const promise of promises) {
    promise.then(
      (value) => slots[next++].setResult(value),
      (err) => slots[next++].setException(err),
    );
  }
  return slots;
})", "", "Deferred"},
    {"AsyncExitStack", R"(
class AsyncExitStack {
  #exits = [];

  async enter(manager) {
    const { value } = await manager.next();
    this.#exits.push(async (err) => {
      if (err === undefined) {
        await manager.next();
      } else {
        await manager.throw(err);
      }
      return true;
    });
    return value;
  }

  async enterObject(manager) {
    const value = await manager.open();
    this.#exits.push((err) => manager.close(err?.constructor ?? null, err ?? null, null));
    return value;
  }

  callback(leave) {
    this.#exits.push(async () => {
      await leave();
      return false;
    });
  }

  popAll() {
    const stack = new AsyncExitStack();
    stack.#exits = this.#exits.splice(0);
    return stack;
  }

  async close(err) {
    let error = err;
    for (const leave of this.#exits.splice(0).reverse()) {
      try {
        const swallowed = await leave(error);
        if (swallowed) error = undefined;
      } catch (failure) {
        error = failure;
      }
    }
    if (error !== undefined) throw error;
  }
})", ""},
    {"ExitStack", ""},
};

}  // namespace

std::span<const LocalDefinition> AsyncLocals() { return kLocals; }

}  // namespace asyncport::translate::to_js
