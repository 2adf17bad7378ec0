const controller = new AbortController();
const { signal } = controller;

signal.onabort = (event) => console.log('event type:', event.type);

async function poll() {
  let rounds = 0;
  while (true) {
    signal.throwIfAborted();
    rounds += 1;
    console.log('round', rounds);
    if (rounds === 3) controller.abort();
    await new Promise((r) => setTimeout(r, 5));
  }
}

poll().catch((err) => {
  console.log(err.name);
  console.log(err.message);
  console.log(err === signal.reason);
});
