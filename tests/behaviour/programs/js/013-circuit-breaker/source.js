'use strict';
const EventEmitter = require('node:events');
const { promisify } = require('node:util');

const sleep = promisify(setTimeout);
const State = Object.freeze({ CLOSED: 'closed', OPEN: 'open', HALF: 'half-open' });

class CircuitBreaker extends EventEmitter {
  #state = State.CLOSED;
  #failures = 0;
  #timer;

  constructor(action, { threshold = 3, cooldown = 40 } = {}) {
    super();
    this.action = action;
    this.threshold = threshold;
    this.cooldown = cooldown;
  }

  get state() {
    return this.#state;
  }

  set #next(state) {
    if (state === this.#state) return;
    const from = this.#state;
    this.#state = state;
    this.emit('state', from, state);
  }

  async fire(...args) {
    if (this.#state === State.OPEN) {
      const err = new Error('circuit is open');
      err.code = 'EOPEN';
      throw err;
    }
    try {
      const result = await this.action(...args);
      this.#failures = 0;
      this.#next = State.CLOSED;
      return result;
    } catch (err) {
      this.#failures += 1;
      if (this.#state === State.HALF || this.#failures >= this.threshold) this.#trip();
      throw err;
    }
  }

  #trip() {
    this.#next = State.OPEN;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#next = State.HALF), this.cooldown);
  }

  shutdown() {
    clearTimeout(this.#timer);
    this.removeAllListeners();
  }
}

let healthy = true;
let reached = 0;
async function paymentService(amount) {
  reached++;
  await sleep(1);
  if (!healthy) throw new Error('503 from payments');
  return `charged ${amount}`;
}

const breaker = new CircuitBreaker(paymentService, { threshold: 2, cooldown: 40 });
breaker.on('state', (from, to) => console.log(`   ${from} -> ${to}`));

async function attempt(amount) {
  const answer = await breaker.fire(amount).catch((e) => `${e.code ?? 'EFAIL'}: ${e.message}`);
  console.log(`${amount}: ${answer}`);
}

(async () => {
  await attempt(10);
  healthy = false;
  await attempt(20);
  await attempt(30);
  await attempt(40); // rejected without reaching the service
  console.log('calls that got through:', reached);

  await sleep(60);
  console.log('now', breaker.state);
  await attempt(50); // probe fails, opens again

  await sleep(60);
  healthy = true;
  await attempt(60);
  await attempt(70);
  console.log('final state', breaker.state, 'reached', reached);
  breaker.shutdown();
})();
