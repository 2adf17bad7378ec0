class Deferred {
  constructor() {
    this.state = 'pending'
    this.promise = new Promise((resolve, reject) => {
      this.resolve = value => { this.state = 'resolved'; resolve(value) }
      this.reject = err => { this.state = 'rejected'; reject(err) }
    })
  }
}

const d = new Deferred()
d.promise.then(v => console.log('value:', v))
console.log(d.state)

setTimeout(() => {
  d.resolve('hello')
  d.resolve('ignored')
  console.log(d.state)
}, 10)

const bad = new Deferred()
bad.promise.then(null, e => console.log('reason:', e))
bad.reject('nope')
