function throttle(fn, limit) {
  let waiting = false
  let lastArgs = null
  return function throttled(...args) {
    if (waiting) {
      lastArgs = args
      return
    }
    fn(...args)
    waiting = true
    setTimeout(() => {
      waiting = false
      if (lastArgs) {
        const a = lastArgs
        lastArgs = null
        throttled(...a)
      }
    }, limit)
  }
}

const onScroll = throttle(y => console.log('scroll', y), 20)
for (let y = 0; y <= 500; y += 100) onScroll(y)
console.log('loop done')
