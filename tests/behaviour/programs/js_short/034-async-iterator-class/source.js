class Ticker {
  constructor(limit) {
    this.limit = limit;
  }
  [Symbol.asyncIterator]() {
    let i = 0;
    const limit = this.limit;
    return {
      next() {
        if (i >= limit) return Promise.resolve({ value: undefined, done: true });
        return new Promise((r) => setTimeout(() => r({ value: i++, done: false }), 5));
      },
      return() {
        console.log('return() called at', i);
        return Promise.resolve({ done: true });
      },
    };
  }
}

async function main() {
  for await (const t of new Ticker(2)) console.log('t', t);
  for await (const t of new Ticker(9)) {
    if (t === 1) break;
    console.log('u', t);
  }
}
main().then(() => console.log('end'));
