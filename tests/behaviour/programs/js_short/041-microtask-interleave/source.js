async function first() {
  console.log('first: 1');
  await null;
  console.log('first: 2');
  await null;
  console.log('first: 3');
}

async function second() {
  console.log('second: 1');
  await undefined;
  console.log('second: 2');
}

first().then(() => console.log('first done'));
second().then(() => console.log('second done'));
queueMicrotask(() => console.log('queued microtask'));
console.log('main end');
