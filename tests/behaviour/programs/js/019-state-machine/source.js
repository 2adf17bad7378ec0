const { EventEmitter, once } = require('node:events');

// Declarative state machine with async entry actions and guards.
function createMachine(definition, context = {}) {
  const events = new EventEmitter();
  let state = definition.initial;
  let busy = false;
  const backlog = [];

  async function handle(event, payload) {
    const transition = definition.states[state].on?.[event];
    if (!transition) {
      events.emit('ignored', event, state);
      return state;
    }
    const { target, guard, action } = typeof transition === 'string' ? { target: transition } : transition;
    if (guard && !guard(context, payload)) {
      events.emit('blocked', event, state);
      return state;
    }
    await definition.states[state].exit?.(context);
    action?.(context, payload);
    const from = state;
    state = target;
    events.emit('change', from, state, event);
    await definition.states[state].entry?.(context, send);
    if (definition.states[state].final) events.emit('end', context);
    return state;
  }

  function send(event, payload) {
    return new Promise((resolve, reject) => {
      backlog.push({ event, payload, resolve, reject });
      if (!busy) work();
    });
  }

  async function work() {
    busy = true;
    while (backlog.length) {
      const { event, payload, resolve, reject } = backlog.shift();
      await handle(event, payload).then(resolve, reject);
    }
    busy = false;
  }

  return { send, events, context, get state() { return state; } };
}

const pause = (ms) => new Promise((r) => setTimeout(r, ms));

const vending = createMachine(
  {
    initial: 'idle',
    states: {
      idle: { on: { COIN: { target: 'collecting', action: (c, v) => { c.credit += v; } }, OFF: 'off' } },
      collecting: {
        on: {
          COIN: { target: 'collecting', action: (c, v) => { c.credit += v; } },
          SELECT: { target: 'dispensing', guard: (c, item) => c.credit >= c.prices[item], action: (c, item) => { c.item = item; } },
          CANCEL: 'refunding',
        },
      },
      dispensing: {
        async entry(c, send) {
          await pause(15);
          c.credit -= c.prices[c.item];
          c.sold.push(c.item);
          send(c.credit > 0 ? 'CHANGE' : 'FINISHED');
        },
        on: { CHANGE: 'refunding', FINISHED: 'idle' },
      },
      refunding: {
        entry(c, send) {
          console.log(`   clink: ${c.credit} returned`);
          c.credit = 0;
          send('FINISHED');
        },
        on: { FINISHED: 'idle' },
      },
      off: { final: true },
    },
  },
  { credit: 0, prices: { cola: 150, water: 100 }, sold: [] }
);

vending.events
  .on('change', (from, to, ev) => console.log(`${from} --${ev}--> ${to}`))
  .on('blocked', (ev, at) => console.log(`${ev} refused in ${at}, credit ${vending.context.credit}`))
  .on('ignored', (ev, at) => console.log(`${ev} ignored in ${at}`));

(async () => {
  await vending.send('SELECT', 'cola');
  await vending.send('COIN', 100);
  await vending.send('SELECT', 'cola');
  vending.send('COIN', 100);
  vending.send('SELECT', 'cola');
  vending.send('COIN', 50); // queued behind
  await pause(40);
  console.log('state is', vending.state);
  await vending.send('COIN', 100);
  await vending.send('SELECT', 'water');
  await pause(5);

  setTimeout(() => vending.send('OFF'), 10);
  const [ctx] = await once(vending.events, 'end');
  console.log(ctx);
})();
