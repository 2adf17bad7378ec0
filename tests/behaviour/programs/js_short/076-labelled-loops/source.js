outer: for (let i = 1; i <= 5; i++) {
  for (let j = 1; j <= 5; j++) {
    if (j === i) continue outer;
    if (i * j === 12) {
      console.log('found', i, j);
      break outer;
    }
    console.log(i, j);
  }
}

const primes = [];
next: for (let n = 2; primes.length < 10; n++) {
  for (const p of primes) {
    if (n % p === 0) continue next;
  }
  primes.push(n);
}
console.log(primes.join(','));

let k = 0;
do { k += 3; } while (k < 10);
console.log(k);
