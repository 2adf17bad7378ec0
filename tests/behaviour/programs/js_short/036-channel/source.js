class Channel {
  constructor() {
    this.buffer = [];
    this.readers = [];
    this.closed = false;
  }
  send(v) {
    const r = this.readers.shift();
    r ? r({ value: v, done: false }) : this.buffer.push(v);
  }
  close() {
    this.closed = true;
    this.readers.splice(0).forEach((r) => r({ value: undefined, done: true }));
  }
  next() {
    if (this.buffer.length) return Promise.resolve({ value: this.buffer.shift(), done: false });
    if (this.closed) return Promise.resolve({ value: undefined, done: true });
    return new Promise((r) => this.readers.push(r));
  }
  [Symbol.asyncIterator]() { return this; }
}

const ch = new Channel();
(async () => {
  for await (const msg of ch) console.log('received', msg);
  console.log('channel closed');
})();
ch.send('one');
setTimeout(() => ch.send('two'), 5);
setTimeout(() => { ch.send('three'); ch.close(); }, 15);
