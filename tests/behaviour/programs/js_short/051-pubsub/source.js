const createBus = () => {
  const topics = new Map()
  return {
    subscribe(topic, fn) {
      if (!topics.has(topic)) topics.set(topic, new Set())
      topics.get(topic).add(fn)
      return () => topics.get(topic).delete(fn)
    },
    async publish(topic, data) {
      const subs = [...(topics.get(topic) ?? [])]
      await Promise.all(subs.map(async fn => fn(data)))
      return subs.length
    },
  }
}

const bus = createBus()
const off = bus.subscribe('news', async n => {
  await new Promise(r => setTimeout(r, 5))
  console.log('slow reader:', n)
})
bus.subscribe('news', n => console.log('fast reader:', n))

bus.publish('news', 'hello')
  .then(count => { console.log('delivered', count); off(); return bus.publish('news', 'bye') })
  .then(count => { console.log('delivered', count); return bus.publish('sports', 1) })
  .then(console.log)
