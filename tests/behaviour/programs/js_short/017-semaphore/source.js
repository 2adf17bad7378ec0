class Semaphore {
  constructor(max) {
    this.max = max;
    this.count = 0;
    this.waiting = [];
  }
  async acquire() {
    if (this.count < this.max) {
      this.count++;
      return;
    }
    await new Promise((resolve) => this.waiting.push(resolve));
  }
  release() {
    const next = this.waiting.shift();
    if (next) next();
    else this.count--;
  }
}

const sem = new Semaphore(2);
async function visit(id) {
  await sem.acquire();
  console.log(`in  ${id} (waiting ${sem.waiting.length})`);
  await new Promise((r) => setTimeout(r, id * 10));
  console.log(`out ${id}`);
  sem.release();
}
Promise.all([1, 3, 3.5].map(visit)).then(() => console.log('free:', sem.count === 0));
