function plain(x) {
  return await x(); //~ await-outside-async
}
const f = async () => { await g(); }; // ok
await g(); // ok
