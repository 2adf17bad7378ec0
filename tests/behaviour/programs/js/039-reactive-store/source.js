'use strict';

// Proxy based reactive store: effects, computed values, batching on the microtask queue.

let activeEffect = null;
const targets = new WeakMap();
const pending = new Set();
let flushing = null;

function track(target, key) {
  if (!activeEffect) return;
  if (!targets.has(target)) targets.set(target, new Map());
  const deps = targets.get(target);
  if (!deps.has(key)) deps.set(key, new Set());
  deps.get(key).add(activeEffect);
}

function trigger(target, key) {
  for (const fx of targets.get(target)?.get(key) ?? []) {
    if (fx.sync) fx.run();
    else {
      pending.add(fx);
      flushing ??= Promise.resolve().then(flush);
    }
  }
}

function flush() {
  try {
    for (const fx of pending) {
      pending.delete(fx);
      fx.run();
    }
  } finally {
    flushing = null;
  }
}

const nextTick = () => flushing ?? Promise.resolve();

function reactive(obj) {
  return new Proxy(obj, {
    get(target, key, receiver) {
      track(target, key);
      const value = Reflect.get(target, key, receiver);
      return value && typeof value === 'object' ? reactive(value) : value;
    },
    set(target, key, value, receiver) {
      const had = Object.hasOwn(target, key);
      const old = target[key];
      const ok = Reflect.set(target, key, value, receiver);
      if (!Object.is(old, value) || !had) trigger(target, key);
      if (!had) trigger(target, Symbol.for('keys'));
      return ok;
    },
    deleteProperty(target, key) {
      const ok = delete target[key];
      trigger(target, key);
      trigger(target, Symbol.for('keys'));
      return ok;
    },
    ownKeys(target) {
      track(target, Symbol.for('keys'));
      return Reflect.ownKeys(target);
    },
  });
}

function effect(fn, { sync = false } = {}) {
  const fx = {
    sync,
    run() {
      const outer = activeEffect;
      activeEffect = fx;
      try { fn(); } finally { activeEffect = outer; }
    },
  };
  fx.run();
  return fx;
}

function computed(getter) {
  const box = reactive({ value: undefined });
  effect(() => { box.value = getter(); }, { sync: true });
  return { get value() { return box.value; } };
}

async function main() {
  const cart = reactive({ items: { apple: 2, pear: 1 }, discount: 0, owner: { name: 'Kim' } });
  let runs = 0;
  const total = computed(() => Object.keys(cart.items).reduce((sum, k) => sum + cart.items[k] * 10, 0) * (1 - cart.discount));

  effect(() => {
    runs++;
    console.log(`[${cart.owner.name}] ${Object.keys(cart.items).join('+')} = ${total.value}`);
  });

  cart.items.apple++;
  cart.items.apple++;
  cart.discount = 0.5;
  console.log('computed is up to date at once:', total.value, 'runs:', runs);
  await nextTick();

  cart.items.fig = 3;
  delete cart.items.pear;
  await nextTick();

  cart.discount = 0.5; // no change, no run
  await nextTick();
  console.log('runs:', runs);

  cart.owner.name = 'Lou';
  setTimeout(() => { cart.discount = 0; }, 10);
  await new Promise((r) => setTimeout(r, 40));
  console.log('runs:', runs, 'pending:', pending.size);
  console.log('fig' in cart.items, 'pear' in cart.items, JSON.stringify(cart));
}

main();
