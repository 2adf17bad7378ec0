const arr = ['a', 'b', 'c', 'd', 'e']

console.log(arr.splice(1, 2), arr)
console.log(arr.splice(1, 0, 'x', 'y'), arr)
console.log(arr.slice(-2), arr.concat(['z'], 'w'), arr.length)
console.log(arr.push('end'), arr.pop(), arr.unshift('start'), arr.shift())
console.log(arr.join('|'), arr.reverse(), arr.fill(0, 1, 3))

arr.length = 2
console.log(arr, arr[10])

const sum = [1, 2, 3, 4].reduce((a, b) => a + b)
const right = ['a', 'b', 'c'].reduceRight((a, b) => a + b)
console.log(sum, right, Array.of(7), Array.from('hi'), [1, 2, 3, 4, 5].copyWithin(0, 3))
console.log(['1', '2', '3'].map(Number), ['1', '2', '3'].map(parseInt))
for (const [i, v] of ['p', 'q'].entries()) console.log(i, v)
