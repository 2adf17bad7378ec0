// The local definitions about waiting: tasks, timeouts, groups, queues and locks. A line that ends in `//?word` is left
// out where the file does not need it: `signal` (something can be stopped), `outer` (a timeout inside of what can be
// stopped), `none` (a timeout may be None), `task` (tasks are objects).
// Example: `asyncio.Queue()` -> `new AsyncQueue()` and a class of the methods that the file uses.
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
    {"waitIn", R"(
function waitIn(line, signal) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const leave = () => {
      line.splice(line.indexOf(wake), 1);
      reject(signal.reason);
    };
    const wake = (value) => {
      signal?.removeEventListener("abort", leave);
      resolve(value);
    };
    line.push(wake);
    signal?.addEventListener("abort", leave, { once: true });
  });
})", ""},
    {"waitIn:plain", R"(
const waitIn = (line) =>
  new Promise((resolve) => {
    line.push(resolve);
  });
)", ""},
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
    this.#tasks.push(task.then(undefined, (err) => this.fail(err)));
    this.signal.addEventListener("abort", () => task.cancel?.()); //?task
    return task;
  }

  fail(err) {
    if (err.name === "AbortError") return;
    this.#errors.push(err);
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
})", ""},
    {"Task", R"(
class Task {
  static #running = new Set();
  static #started = 1;
  static #owners = new WeakMap(); //?renew
  #controller = new AbortController();
  #promise;
  #state = "pending";
  #outcome;

  constructor(work, name) {
    this.name = name ?? `Task-${++Task.#started}`;
    const signal = this.#renew(); //?renew
    const { signal } = this.#controller; //?norenew
    Task.#running.add(this);
    this.#promise = Promise.resolve()
      .then(() => {
        signal.throwIfAborted();
        return work(signal);
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

  cancel() {
    if (this.done()) return false;
    this.#controller.abort();
    return true;
  }

  done() {
    return this.#state !== "pending";
  }

  cancelled() {
    return this.#state === "cancelled";
  }

  result() {
    if (!this.done()) throw new Error("Result is not set.");
    if (this.#state !== "done") throw this.#outcome;
    return this.#outcome;
  }

  exception() {
    if (!this.done()) throw new Error("Exception is not set.");
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
})", ""},
    {"Deferred", R"(
class Deferred {
  #promise;

  constructor() {
    this.#promise = new Promise((resolve, reject) => {
      this.setResult = resolve;
      this.setException = reject;
    });
    this.#promise.catch(() => {});
  }

  then(onValue, onError) {
    return this.#promise.then(onValue, onError);
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
    this.#settle.resolve(value);
  }

  setException(err) {
    this.#finish("failed", err);
    this.#settle.reject(err);
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
  const finish = () => line.shift()?.();
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
    {"Gate", R"(
class Gate {
  #isOpen = false;
  #waiting = [];

  isSet() {
    return this.#isOpen;
  }

  set() {
    this.#isOpen = true;
    for (const wake of this.#waiting.splice(0)) wake(true);
  }

  clear() {
    this.#isOpen = false;
  }

  async wait(signal) {
    return this.#isOpen || waitIn(this.#waiting, signal);
  }
})", "", "waitIn"},
    {"Mutex", R"(
class Mutex {
  #locked = false;
  #waiting = [];

  locked() {
    return this.#locked;
  }

  async acquire(signal) {
    if (this.#locked) return waitIn(this.#waiting, signal);
    this.#locked = true;
    return true;
  }

  release() {
    if (!this.#locked) throw new Error("Lock is not acquired.");
    const next = this.#waiting.shift();
    if (next) {
      next(true);
    } else {
      this.#locked = false;
    }
  }
})", "", "waitIn"},
    {"Semaphore", R"(
class Semaphore {
  #free;
  #waiting = [];

  constructor(limit = 1) {
    this.#free = limit;
  }

  locked() {
    return this.#free === 0;
  }

  async acquire(signal) {
    if (this.#free === 0) return waitIn(this.#waiting, signal);
    this.#free -= 1;
    return true;
  }

  release() {
    const next = this.#waiting.shift();
    if (next) {
      next(true);
    } else {
      this.#free += 1;
    }
  }
})", "", "waitIn"},
    {"BoundedSemaphore", R"(
class BoundedSemaphore extends Semaphore {
  #taken = 0;

  async acquire(signal) {
    await super.acquire(signal);
    this.#taken += 1;
    return true;
  }

  release() {
    if (this.#taken === 0) throw new RangeError("BoundedSemaphore released too many times");
    this.#taken -= 1;
    super.release();
  }
})", "", "Semaphore"},
    {"AsyncQueue", R"(
class AsyncQueue {
  items = [];
  #getters = [];
  #putters = [];
  #joiners = [];
  #unfinished = 0;

  constructor(limit = 0) {
    this.limit = limit;
  }

  qsize() {
    return this.items.length;
  }

  empty() {
    return this.items.length === 0;
  }

  full() {
    return this.limit > 0 && this.items.length >= this.limit;
  }

  putNowait(item) {
    if (this.full()) throw new QueueFull("");
    this.#unfinished += 1; //?join
    this.add(item);
    this.#getters.shift()?.();
  }

  async put(item, signal) {
    while (this.full()) await waitIn(this.#putters, signal);
    this.putNowait(item);
  }

  getNowait() {
    if (this.empty()) throw new QueueEmpty("");
    this.#putters.shift()?.();
    return this.remove();
  }

  async get(signal) {
    while (this.empty()) await waitIn(this.#getters, signal);
    return this.getNowait();
  }

  taskDone() {
    if (this.#unfinished === 0) throw new RangeError("task_done() called too many times");
    this.#unfinished -= 1;
    if (this.#unfinished > 0) return;
    for (const wake of this.#joiners.splice(0)) wake();
  }

  async join(signal) {
    if (this.#unfinished > 0) await waitIn(this.#joiners, signal);
  }

  add(item) {
    this.items.push(item);
  }

  remove() {
    return this.items.shift();
  }
})", "", "waitIn"},
    {"AsyncStack", R"(
class AsyncStack extends AsyncQueue {
  remove() {
    return this.items.pop();
  }
})", "", "AsyncQueue"},
    {"PriorityQueue", R"(
class PriorityQueue extends AsyncQueue {
  #order;

  constructor(order, limit) {
    super(limit);
    this.#order = order;
  }

  add(item) {
    const at = this.items.findIndex((other) => this.#order(item, other) < 0);
    this.items.splice(at === -1 ? this.items.length : at, 0, item);
  }
})", "", "AsyncQueue"},
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
    {"startProcess", R"(
async function startProcess([program, ...args], options) {
  const child = spawn(program, args, options);
  await once(child, "spawn");
  return child;
})", ""},
    {"StreamReader", R"(
class StreamReader {
  #data = Buffer.alloc(0);
  #ended = false;
  #waiting = [];

  constructor(stream) {
    stream?.on("data", (chunk) => this.feedData(chunk));
    stream?.on("end", () => this.feedEof());
    stream?.on("error", () => this.feedEof());
  }

  feedData(data) {
    this.#data = Buffer.concat([this.#data, Buffer.from(data)]);
    this.#wake();
  }

  feedEof() {
    this.#ended = true;
    this.#wake();
  }

  atEof() {
    return this.#ended && this.#data.length === 0;
  }

  async read(count = -1, signal) {
    while (!this.#ended && (count < 0 || this.#data.length === 0)) await waitIn(this.#waiting, signal);
    return this.#take(count < 0 ? this.#data.length : count);
  }

  async readexactly(count, signal) {
    while (!this.#ended && this.#data.length < count) await waitIn(this.#waiting, signal);
    if (this.#data.length < count) throw new IncompleteReadError(`${this.#data.length} bytes read on a total of ${count} expected bytes`);
    return this.#take(count);
  }

  async readuntil(separator = "\n", signal) {
    const line = await this.#until(separator, signal);
    if (!line.includes(separator)) throw new IncompleteReadError(`${line.length} bytes read on a total of undefined expected bytes`);
    return line;
  }

  async readline(signal) {
    return this.#until("\n", signal);
  }

  async *[Symbol.asyncIterator]() {
    for (let line = await this.readline(); line.length > 0; line = await this.readline()) yield line;
  }

  async #until(separator, signal) {
    while (!this.#ended && !this.#data.includes(separator)) await waitIn(this.#waiting, signal);
    const end = this.#data.indexOf(separator);
    return this.#take(end === -1 ? this.#data.length : end + separator.length);
  }

  #take(count) {
    const taken = this.#data.subarray(0, count);
    this.#data = this.#data.subarray(count);
    return taken;
  }

  #wake() {
    for (const wake of this.#waiting.splice(0)) wake();
  }
})", "", "waitIn"},
    {"readerOf", R"(
const readers = new WeakMap();
function readerOf(stream) {
  if (!readers.has(stream)) readers.set(stream, new StreamReader(stream));
  return readers.get(stream);
}
)", "", "StreamReader"},
    {"startServer", R"(
async function startServer(handle, host, port) {
  const server = createServer({ allowHalfOpen: true }, async (socket) => {
    try {
      await handle(new StreamReader(socket), socket);
    } catch (err) {
      console.error(err);
    }
  });
  server.listen(port, host ?? undefined);
  await once(server, "listening");
  return server;
})", "", "StreamReader"},
    {"openConnection", R"(
async function openConnection(host, port) {
  const socket = connect({ host, port, allowHalfOpen: true });
  await once(socket, "connect");
  return [new StreamReader(socket), socket];
})", "", "StreamReader"},
    {"drained", R"(
async function drained(socket) {
  if (socket.writableNeedDrain) await once(socket, "drain");
})", ""},
    {"closed", R"(
async function closed(stream) {
  if (!stream.closed && stream.listening !== false) await once(stream, "close");
})", ""},
    {"exitCodeOf", R"(
async function exitCodeOf(child) {
  if (child.exitCode === null) await once(child, "exit");
  return child.exitCode;
})", ""},
    {"communicate", R"(
async function communicate(child, input) {
  child.stdin?.end(input);
  const [stdout, stderr] = await Promise.all([
    child.stdout && buffer(child.stdout),
    child.stderr && buffer(child.stderr),
    exitCodeOf(child),
  ]);
  return [stdout, stderr];
})", "", "exitCodeOf"},
    {"Barrier", R"(
class Barrier {
  #waiting = [];

  constructor(parties) {
    this.parties = parties;
    this.broken = false;
  }

  get nWaiting() {
    return this.#waiting.length;
  }

  async wait(signal) {
    if (this.broken) throw new BrokenBarrierError("");
    const index = this.#waiting.length;
    if (index + 1 < this.parties) {
      await waitIn(this.#waiting, signal);
      if (this.broken) throw new BrokenBarrierError(""); //?abort
    } else {
      this.#release();
    }
    return index;
  }

  async abort() {
    this.broken = true;
    this.#release();
  }

  #release() {
    for (const wake of this.#waiting.splice(0)) wake();
  }
})", "", "waitIn"},
    {"Condition", R"(
class Condition extends Mutex {
  #sleeping = [];

  async wait(signal) {
    this.release();
    try {
      await waitIn(this.#sleeping, signal);
    } finally {
      await this.acquire();
    }
    return true;
  }

  async waitFor(test, signal) {
    while (!test()) await this.wait(signal);
    return true;
  }

  notify(count = 1) {
    for (const wake of this.#sleeping.splice(0, count)) wake();
  }

  notifyAll() {
    this.notify(Infinity);
  }
})", "", "Mutex"},
};

}  // namespace

const LocalDefinition* FindAsyncLocal(std::string_view name) {
  for (const LocalDefinition& local : kLocals) {
    if (local.name == name) return &local;
  }
  return nullptr;
}

}  // namespace asyncport::translate::to_js
