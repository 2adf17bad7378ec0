// Discrete event simulation of a lift; no real time involved.

class Elevator {
  constructor(floors, capacity) {
    this.floors = floors;
    this.capacity = capacity;
    this.floor = 0;
    this.dir = 0;
    this.riders = [];
    this.travelled = 0;
  }
}

class Building {
  constructor({ floors = 8, capacity = 2 } = {}) {
    this.lift = new Elevator(floors, capacity);
    this.calls = Array.from({ length: floors }, () => []);
    this.clock = 0;
    this.delivered = [];
  }

  call(passenger) {
    this.calls[passenger.from].push({ ...passenger, since: this.clock });
  }

  get busy() {
    return this.lift.riders.length > 0 || this.calls.some((c) => c.length > 0);
  }

  step(arrivals = []) {
    for (const p of arrivals) this.call(p);
    const { lift } = this;
    this.#unload();
    this.#load();
    lift.dir = this.#chooseDirection();
    if (lift.dir !== 0) {
      lift.floor += lift.dir;
      lift.travelled++;
    }
    this.clock++;
  }

  #unload() {
    const { lift } = this;
    const leaving = lift.riders.filter((r) => r.to === lift.floor);
    if (!leaving.length) return;
    lift.riders = lift.riders.filter((r) => !leaving.includes(r));
    for (const r of leaving) {
      this.delivered.push({ name: r.name, waited: r.boarded - r.since, total: this.clock - r.since });
    }
    console.log(`t=${this.clock} floor ${lift.floor}: out ${leaving.map((r) => r.name)}`);
  }

  #load() {
    const { lift } = this;
    const queue = this.calls[lift.floor];
    const names = [];
    while (queue.length && lift.riders.length < lift.capacity) {
      const p = queue.shift();
      lift.riders.push({ ...p, boarded: this.clock });
      names.push(p.name);
    }
    if (names.length) console.log(`t=${this.clock} floor ${lift.floor}: in ${names.join(',')}${queue.length ? ` (${queue.length} left behind)` : ''}`);
  }

  #chooseDirection() {
    const { lift } = this;
    const wants = new Set(lift.riders.map((r) => r.to));
    if (lift.riders.length < lift.capacity) this.calls.forEach((q, f) => q.length && wants.add(f));
    wants.delete(lift.floor);
    if (!wants.size) return 0;
    const ahead = [...wants].some((f) => Math.sign(f - lift.floor) === lift.dir);
    if (lift.dir && ahead) return lift.dir;
    const nearest = [...wants].sort((a, b) => Math.abs(a - lift.floor) - Math.abs(b - lift.floor) || a - b)[0];
    return Math.sign(nearest - lift.floor);
  }
}

const schedule = {
  0: [{ name: 'ann', from: 0, to: 5 }, { name: 'ben', from: 0, to: 3 }, { name: 'cas', from: 0, to: 7 }],
  2: [{ name: 'dee', from: 4, to: 0 }],
  6: [{ name: 'eli', from: 6, to: 1 }],
};

const b = new Building();
do {
  b.step(schedule[b.clock]);
} while ((b.busy || b.clock < 7) && b.clock < 100);

console.log(`finished at t=${b.clock}, travelled ${b.lift.travelled} floors`);
b.delivered.sort((x, y) => y.total - x.total);
for (const { name, waited, total } of b.delivered) {
  console.log(`${name}: waited ${waited}, total ${total} ${'#'.repeat(total)}`);
}
const mean = b.delivered.reduce((s, d) => s + d.waited, 0) / b.delivered.length;
console.log('mean wait', Math.round(mean * 100) / 100);
