const tasks = [
  Promise.resolve(42),
  Promise.reject(new Error('disk full')),
  new Promise((resolve) => setTimeout(() => resolve('slow'), 20)),
];

Promise.allSettled(tasks).then((results) => {
  results.forEach((r, i) => {
    if (r.status === 'fulfilled') {
      console.log(`#${i} ok:`, r.value);
    } else {
      console.log(`#${i} failed:`, r.reason.message);
    }
  });
  const failed = results.filter((r) => r.status === 'rejected').length;
  console.log({ total: results.length, failed });
});
