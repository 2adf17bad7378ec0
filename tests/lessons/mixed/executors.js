// only: return-in-executor, multiple-resolve, async-promise-executor
new Promise((resolve, reject) => {
  if (x) return reject(1); //~ return-in-executor
  if (y) return;
  resolve(2);
});
new Promise((resolve) => setTimeout(resolve, 10)); //~ return-in-executor
new Promise((resolve) => { setTimeout(resolve, 10); });
new Promise((resolve) => void setTimeout(resolve, 10)); //~ return-in-executor
new Promise(function (resolve) { return 5; }); //~ return-in-executor
new Promise((resolve) => { xs.map((x) => { return x; }); resolve(1); });
new Promise((resolve) => { return void resolve(1); }); //~ return-in-executor
new Promise((resolve) => ({ a: 1 })); //~ return-in-executor
function shadowed(Promise) { new Promise((r) => 5); }
class Promise2 {} new Promise2((r) => 5);
new Promise((resolve) => resolve()); //~ return-in-executor
new Promise((resolve) => { function f() { return 1; } resolve(f()); });
