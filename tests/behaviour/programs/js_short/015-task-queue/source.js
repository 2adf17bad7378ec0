class TaskQueue {
  #tail = Promise.resolve();
  size = 0;

  add(task) {
    this.size++;
    const result = this.#tail.then(() => task());
    this.#tail = result.catch(() => {}).finally(() => this.size--);
    return result;
  }
}

const q = new TaskQueue();
const work = (name, ms) => () =>
  new Promise((resolve) => {
    console.log('begin', name);
    setTimeout(() => resolve(name.toLowerCase()), ms);
  });

q.add(work('SLOW', 30)).then((r) => console.log('->', r));
q.add(() => Promise.reject(new Error('bad task'))).catch((e) => console.log('!!', e.message));
q.add(work('FAST', 5)).then((r) => {
  console.log('->', r);
  setTimeout(() => console.log('size', q.size), 5);
});
console.log('queued', q.size);
