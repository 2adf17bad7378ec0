// A heartbeat monitor and a timer wheel; also a look at in which order callbacks run.

const order = [];
const note = (label) => order.push(label);

function phases() {
  return new Promise((resolve) => {
    setTimeout(() => note('timeout'), 0);
    setTimeout(() => {
      note('late timeout');
      resolve();
    }, 20);
    Promise.resolve().then(() => note('promise 1')).then(() => note('promise 2'));
    process.nextTick(note, 'nextTick');
    queueMicrotask(() => {
      note('microtask');
      process.nextTick(note, 'nested tick');
    });
    (async () => {
      note('async body');
      await undefined;
      note('after await');
    })();
    note('sync end');
  });
}

class HeartbeatMonitor {
  #peers = new Map();

  constructor(graceMs, onLost) {
    this.graceMs = graceMs;
    this.onLost = onLost;
  }
  beat(peer) {
    const known = this.#peers.get(peer);
    if (known) {
      known.beats++;
      known.timer.refresh();
      return;
    }
    const timer = setTimeout(() => {
      const { beats } = this.#peers.get(peer);
      this.#peers.delete(peer);
      this.onLost(peer, beats);
    }, this.graceMs);
    timer.unref();
    this.#peers.set(peer, { beats: 1, timer });
  }
  get alive() {
    return [...this.#peers.keys()];
  }
  stop() {
    for (const { timer } of this.#peers.values()) clearTimeout(timer);
    this.#peers.clear();
  }
}

function monitorDemo(done) {
  const monitor = new HeartbeatMonitor(45, (peer, beats) => console.log(`lost ${peer} after ${beats} beats`));
  let round = 0;
  const t = setInterval(function () {
    round++;
    monitor.beat('db');
    if (round <= 2) monitor.beat('cache');
    if (round === 9) {
      console.log('alive:', monitor.alive);
      clearInterval(this);
      monitor.stop();
      done(null, round);
    }
  }, 12);
  console.log('interval keeps process alive:', t.hasRef());
}

// Hashed timer wheel: advanced by hand
function timerWheel(slots) {
  const wheel = Array.from({ length: slots }, () => []);
  let cursor = 0;
  return {
    schedule(ticks, fn) {
      const entry = { rounds: Math.floor((ticks - 1) / slots), fn };
      wheel[(cursor + ticks) % slots].push(entry);
      return () => { entry.fn = null; };
    },
    tick() {
      cursor = (cursor + 1) % slots;
      const dueNow = wheel[cursor].filter((e) => e.rounds === 0);
      wheel[cursor] = wheel[cursor].filter((e) => e.rounds-- > 0);
      dueNow.forEach((e) => e.fn?.());
    },
  };
}

phases()
  .then(() => console.log(order.join(', ')))
  .then(() => new Promise((res, rej) => monitorDemo((err, n) => (err ? rej(err) : res(n)))))
  .then((rounds) => {
    console.log('rounds', rounds);
    const wheel = timerWheel(4);
    const fired = [];
    let now = 0;
    for (const ticks of [1, 3, 4, 6, 9]) wheel.schedule(ticks, () => fired.push(`${ticks}@${now}`));
    const cancel = wheel.schedule(5, () => fired.push('never'));
    cancel();
    while (now < 10) {
      now++;
      wheel.tick();
    }
    console.log(fired);
  });
