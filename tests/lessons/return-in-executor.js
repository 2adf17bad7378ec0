// Values that an executor returns go nowhere.
const P = Promise;
new Promise((resolve, reject) => { return 1; }); //~ return-in-executor
new Promise((resolve) => setTimeout(resolve, 1)); //~ return-in-executor
new Promise(() => 1); //~ return-in-executor
new Promise(function (resolve) { return resolve(1); }); //~ return-in-executor
new Promise((resolve) => resolve(1)); //~ return-in-executor
new Promise((resolve, reject) => {
  if (cached) {
    return cached; //~ return-in-executor
  }
  try {
    go(resolve);
  } catch (error) {
    return reject(error); //~ return-in-executor
  }
});
new Promise((resolve) => ({ resolve })); //~ return-in-executor
const make = () => new Promise((resolve) => resolve()); //~ return-in-executor

new Promise((resolve) => { resolve(1); }); // ok
new Promise((resolve) => { if (cached) { resolve(1); return; } go(resolve); }); // ok
new Promise((resolve) => { go((x) => { return x; }); resolve(1); }); // ok
new Promise((resolve) => { [1].map((x) => x + 1); resolve(1); }); // ok
new Promise((resolve) => void setTimeout(resolve, 1)); //~ return-in-executor
new Promise(executor); // ok
new Other((resolve) => resolve(1)); // ok
new Promise((resolve) => { return void go(resolve); }); //~ return-in-executor
function shadow(Promise) {
  return new Promise((resolve) => resolve(1)); // ok
}
go((resolve) => resolve(1)); // ok
