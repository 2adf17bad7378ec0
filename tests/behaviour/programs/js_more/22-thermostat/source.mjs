// Event-driven thermostat with hysteresis
import { EventEmitter, once } from 'node:events';

const State = Object.freeze({ IDLE: 'idle', HEATING: 'heating', COOLING: 'cooling' });

class Thermostat extends EventEmitter {
  #state = State.IDLE;
  #history = [];
  constructor(target, band = 1) {
    super();
    this.target = target;
    this.band = band;
  }
  get state() { return this.#state; }
  set state(next) {
    if (next === this.#state) return;
    const prev = this.#state;
    this.#state = next;
    this.emit('change', { prev, next });
    this.emit(next);
  }
  feed(temp) {
    this.#history.push(temp);
    if (this.#history.length > 5) this.#history.shift();
    const { target, band } = this;
    if (temp < target - band) this.state = State.HEATING;
    else if (temp > target + band) this.state = State.COOLING;
    else if (Math.abs(temp - target) < band / 2) this.state = State.IDLE;
    return this;
  }
  get average() {
    return this.#history.length ? this.#history.reduce((a, b) => a + b) / this.#history.length : NaN;
  }
}

const t = new Thermostat(21);
const log = [];
t.on('change', ({ prev, next }) => log.push(`${prev}->${next}`));
t.once('heating', () => console.log('first heating'));
const cooled = once(t, 'cooling');
setTimeout(() => {
  t.feed(19).feed(20.2).feed(21.1).feed(25).feed(18);
}, 2);
await cooled;
console.log('cooling seen, average', t.average.toFixed(2));
console.log(log.join(' | '));
console.log(t.listenerCount('change'), t.listenerCount('heating'));
t.removeAllListeners('change');
t.feed(21);
console.log(t.state, log.length);
t.on('error', (err) => console.log('error event:', err.message));
t.emit('error', new Error('sensor offline'));
const results = [];
for (const temp of [10, 21, 30]) {
  t.feed(temp);
  switch (t.state) {
    case State.HEATING:
      results.push('H');
      break;
    case State.COOLING:
      results.push('C');
      break;
    default:
      results.push('-');
  }
}
console.log(results.join(''));
