function binarySearch(arr, target) {
  let lo = 0, hi = arr.length - 1, steps = 0;
  while (lo <= hi) {
    steps++;
    const mid = (lo + hi) >> 1;
    if (arr[mid] === target) return { index: mid, steps };
    if (arr[mid] < target) lo = mid + 1;
    else hi = mid - 1;
  }
  return { index: -1, steps };
}

const sorted = Array.from({ length: 100 }, (_, i) => i * 3);
console.log(binarySearch(sorted, 150), binarySearch(sorted, 151));

const quickSort = ([p, ...xs]) =>
  p === undefined ? [] : [...quickSort(xs.filter((x) => x < p)), p, ...quickSort(xs.filter((x) => x >= p))];
console.log(quickSort([5, 3, 8, 1, 5, -2, 0]));

const bubble = (a) => {
  for (let i = a.length; i > 0; i--)
    for (let j = 1; j < i; j++) if (a[j - 1] > a[j]) [a[j - 1], a[j]] = [a[j], a[j - 1]];
  return a;
};
console.log(bubble([9, 7, 8, 1]));
