import { mkdtemp, readdir, readFile, rename, rm, appendFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

// A log file that rolls over to .1, .2 ... when it grows too large.
class RotatingLog {
  #tail = Promise.resolve();

  constructor(file, { maxBytes = 120, keep = 3 } = {}) {
    this.file = file;
    this.maxBytes = maxBytes;
    this.keep = keep;
    this.rotations = 0;
  }

  write(level, message) {
    // chain the writes: callers need not await each of them
    this.#tail = this.#tail.then(() => this.#append(`[${level.padEnd(5)}] ${message}\n`));
    return this.#tail;
  }

  async #append(line) {
    const size = await stat(this.file).then((s) => s.size, () => 0);
    if (size > 0 && size + Buffer.byteLength(line) > this.maxBytes) await this.#rotate();
    await appendFile(this.file, line);
  }

  async #rotate() {
    this.rotations++;
    await rm(`${this.file}.${this.keep}`, { force: true });
    for (let i = this.keep - 1; i >= 1; i--) {
      try {
        await rename(`${this.file}.${i}`, `${this.file}.${i + 1}`);
      } catch (err) {
        if (err.code !== 'ENOENT') throw err;
      }
    }
    await rename(this.file, `${this.file}.1`);
  }

  flush() {
    return this.#tail;
  }
}

const dir = await mkdtemp(path.join(tmpdir(), 'rotlog-'));
try {
  const log = new RotatingLog(path.join(dir, 'app.log'), { maxBytes: 90, keep: 2 });
  for (let i = 1; i <= 12; i++) {
    log.write(i % 4 === 0 ? 'warn' : 'info', `request #${i} handled`);
  }
  await log.flush();

  console.log('rotations:', log.rotations);
  const files = (await readdir(dir)).sort();
  for (const name of files) {
    const text = await readFile(path.join(dir, name), 'utf8');
    console.log(`--- ${name} (${text.length} bytes)`);
    process.stdout.write(text);
  }
} finally {
  await rm(dir, { recursive: true });
}
console.log('cleaned up');
