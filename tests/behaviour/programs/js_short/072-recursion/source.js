function factorial(n) {
  return n <= 1n ? 1n : n * factorial(n - 1n);
}
const fib = (n, memo = {}) => (n < 2 ? n : (memo[n] ??= fib(n - 1, memo) + fib(n - 2, memo)));
const gcd = (a, b) => (b === 0 ? a : gcd(b, a % b));

function permutations(str) {
  if (str.length <= 1) return [str];
  return [...str].flatMap((c, i) =>
    permutations(str.slice(0, i) + str.slice(i + 1)).map((p) => c + p)
  );
}

function hanoi(n, a, b, c) {
  return n === 0 ? 0 : hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a);
}

console.log(factorial(25n), String(factorial(20n)));
console.log(fib(50), gcd(84, 36));
console.log(permutations('abc'));
console.log(hanoi(10, 'A', 'B', 'C'));
