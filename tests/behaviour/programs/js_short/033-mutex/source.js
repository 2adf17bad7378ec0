class Mutex {
  constructor() { this.last = Promise.resolve() }
  lock() {
    let unlock
    const next = new Promise(r => (unlock = r))
    const ready = this.last.then(() => unlock)
    this.last = next
    return ready
  }
}

const mutex = new Mutex()
let counter = 0

async function increment(safe) {
  const unlock = safe ? await mutex.lock() : () => {}
  const current = counter
  await new Promise(r => setTimeout(r, 5))
  counter = current + 1
  unlock()
}

;(async () => {
  await Promise.all([1, 2, 3, 4].map(() => increment(false)))
  console.log('unsafe:', counter)
  counter = 0
  await Promise.all([1, 2, 3, 4].map(() => increment(true)))
  console.log('safe:', counter)
})()
