const curry = fn =>
  function curried(...args) {
    return args.length >= fn.length ? fn(...args) : (...more) => curried(...args, ...more)
  }

const compose = (...fns) => x => fns.reduceRight((v, f) => f(v), x)
const pipe = (...fns) => x => fns.reduce((v, f) => f(v), x)

const add3 = curry((a, b, c) => a + b + c)
console.log(add3(1)(2)(3), add3(1, 2)(3), add3(1)(2, 3))

const slugify = pipe(
  s => s.trim(),
  s => s.toLowerCase(),
  s => s.replace(/[^a-z0-9]+/g, '-'),
)
console.log(slugify('  Hello World, again '))
console.log(compose(x => x + 1, x => x * 2)(5), pipe(x => x + 1, x => x * 2)(5))
