// Errors in an async executor are lost.
const executor = async (resolve) => { resolve(await go()); };
async function named(resolve) { resolve(await go()); }
new Promise(async (resolve) => { resolve(await go()); }); //~ async-promise-executor
new Promise(async function (resolve) { resolve(await go()); }); //~ async-promise-executor
new Promise(async (resolve) => resolve(await go())); //~ async-promise-executor
new Promise(executor); //~ async-promise-executor
new Promise(named); //~ async-promise-executor
function make() {
  return new Promise(async (resolve, reject) => { //~ async-promise-executor
    try { resolve(await go()); } catch (error) { reject(error); }
  });
}
const p = wrap(new Promise(async function named(resolve) { resolve(await go()); })); //~ async-promise-executor
class A {
  run() {
    return new Promise(async (resolve) => { resolve(await this.go()); }); //~ async-promise-executor
  }
}

new Promise((resolve) => { resolve(1); }); // ok
new Promise((resolve) => { (async () => { resolve(await go()); })(); }); // ok
new Promise(function (resolve) { resolve(1); }); // ok
new Other(async (resolve) => { resolve(await go()); }); // ok
go(async (resolve) => { resolve(await go()); }); // ok
new Promise(unknown); // ok
Promise.resolve(async () => { await go(); }); // ok
function shadow(Promise) {
  return new Promise(async (resolve) => { resolve(await go()); }); // ok
}
