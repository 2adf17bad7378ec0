const EventEmitter = require('events');

// Chunked "download" with progress events, pause/resume and cancellation.
class Download extends EventEmitter {
  constructor(name, size, { chunk = 25, interval = 5 } = {}) {
    super();
    this.name = name;
    this.size = size;
    this.received = 0;
    this.chunk = chunk;
    this.interval = interval;
    this.status = 'new';
  }

  get percent() {
    return Math.floor((this.received / this.size) * 100);
  }

  start() {
    this.status = 'running';
    this.timer = setInterval(() => this._tick(), this.interval);
    this.emit('start');
    return this;
  }

  _tick() {
    this.received = Math.min(this.size, this.received + this.chunk);
    this.emit('progress', this.percent, this);
    if (this.status !== 'running') return;
    if (this.received >= this.size) {
      clearInterval(this.timer);
      this.status = 'complete';
      this.emit('complete', { name: this.name, bytes: this.received });
    }
  }

  pause() {
    clearInterval(this.timer);
    this.status = 'paused';
    this.emit('pause');
  }

  cancel(reason) {
    clearInterval(this.timer);
    this.status = 'cancelled';
    this.emit('error', Object.assign(new Error(reason), { download: this.name }));
  }

  // so that one can simply "await download"
  then(onOk, onFail) {
    return new Promise((resolve, reject) => {
      this.once('complete', resolve);
      this.once('error', reject);
    }).then(onOk, onFail);
  }
}

async function simple() {
  const d = new Download('readme.txt', 60);
  const marks = [];
  d.on('progress', (p) => marks.push(p));
  d.start();
  const info = await d;
  console.log(info, marks.join('% ') + '%');
}

async function pausing() {
  const d = new Download('movie.mkv', 100);
  let pauses = 0;
  d.on('pause', () => {
    pauses++;
    console.log(`paused at ${d.percent}%`);
    setTimeout(() => {
      console.log('resuming');
      d.start();
    }, 15);
  });
  d.on('progress', (p) => p === 50 && pauses === 0 && d.pause());
  d.start();
  const { bytes } = await d;
  console.log(`movie.mkv: ${bytes} bytes, listeners left: ${d.listenerCount('complete')}`);
}

async function cancelling() {
  const d = new Download('virus.exe', 1000, { chunk: 100 });
  d.on('progress', (percent, self) => {
    if (percent >= 30) self.cancel('blocked by policy');
  });
  d.start();
  try {
    await d;
    console.log('unexpected');
  } catch (err) {
    console.log(`${err.download}: ${err.message} at ${d.received} of ${d.size}`);
  }
}

async function unhandled() {
  const d = new Download('orphan', 10);
  try {
    d.cancel('nobody listens');
  } catch (e) {
    console.log('thrown synchronously:', e.message);
  }
}

simple().then(pausing).then(cancelling).then(unhandled).finally(() => console.log('all finished'));
