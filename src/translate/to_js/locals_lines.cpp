// The local definitions about waiting for one's turn: queues, locks, events, conditions, barriers. Lines marked `//?word`
// are explained in locals_async.cpp.
// Example: `asyncio.Queue()` -> `new AsyncQueue()` and a class of the methods that the file uses.
#include "translate/to_js/quote.h"

namespace asyncport::translate::to_js {

namespace {

constexpr LocalDefinition kLocals[] = {
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
      setImmediate(resolve, value);
    };
    line.push(wake);
    signal?.addEventListener("abort", leave, { once: true });
  });
})",
     ""},
    {"waitIn:plain", R"(
const waitIn = (line) =>
  new Promise((resolve) => {
    line.push((value) => setImmediate(resolve, value));
  });
)",
     ""},
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
})",
     "", "waitIn"},
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
    if (!this.#locked) throw new RuntimeError("Lock is not acquired.");
    const next = this.#waiting.shift();
    if (next) {
      next(true);
    } else {
      this.#locked = false;
    }
  }
})",
     "", "waitIn"},
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
})",
     "", "waitIn"},
    {"BoundedSemaphore", R"(
class BoundedSemaphore extends Semaphore {
  #taken = 0;

  async acquire(signal) {
    await super.acquire(signal);
    this.#taken += 1;
    return true;
  }

  release() {
    if (this.#taken === 0) throw new ValueError("BoundedSemaphore released too many times");
    this.#taken -= 1;
    super.release();
  }
})",
     "", "Semaphore"},
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
    if (this.#unfinished === 0) throw new ValueError("task_done() called too many times");
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
})",
     "", "waitIn"},
    {"AsyncStack", R"(
class AsyncStack extends AsyncQueue {
  remove() {
    return this.items.pop();
  }
})",
     "", "AsyncQueue"},
    {"PriorityQueue", R"(
class PriorityQueue extends AsyncQueue {
  add(item) {
    heapPush(this.items, item);
  }

  remove() {
    return heapPop(this.items);
  }
})",
     "", "AsyncQueue"},
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
})",
     "", "waitIn"},
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
})",
     "", "Mutex"},
};

}  // namespace

std::span<const LocalDefinition> LineLocals() { return kLocals; }

}  // namespace asyncport::translate::to_js
