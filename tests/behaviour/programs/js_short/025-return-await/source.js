const failLater = () =>
  new Promise((_, reject) => setTimeout(() => reject(new Error('late failure')), 5));

async function withoutAwait() {
  try {
    return failLater();
  } catch (e) {
    return 'caught inside (without)';
  }
}

async function withAwait() {
  try {
    return await failLater();
  } catch (e) {
    return 'caught inside (with)';
  }
}

(async function () {
  console.log(await withAwait());
  console.log(await withoutAwait().catch((e) => 'caught outside: ' + e.message));
})();
