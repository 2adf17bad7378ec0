const asyncMap = (arr, fn) => Promise.all(arr.map(fn));

const asyncFilter = async (arr, pred) => {
  const flags = await asyncMap(arr, pred);
  return arr.filter((_, i) => flags[i]);
};

async function asyncReduce(arr, fn, init) {
  let acc = init;
  for (const [i, item] of arr.entries()) acc = await fn(acc, item, i);
  return acc;
}

const isEven = async (n) => n % 2 === 0;
const nums = [1, 2, 3, 4, 5, 6];

(async () => {
  console.log(await asyncMap(nums, async (n) => n ** 2));
  console.log(await asyncFilter(nums, isEven));
  console.log(await asyncReduce(nums, async (sum, n, i) => sum + n * i, 0));
})();
