// Async functions that wait for nothing.
async function plain() { return 1; } //~ unnecessary-async
async function statements(list) { //~ unnecessary-async
  list.push(1);
}
const arrow = async () => { console.log(1); }; //~ unnecessary-async
const short = async (x) => x + 1; //~ unnecessary-async
const expression = async function () { console.log(2); }; //~ unnecessary-async
class Box {
  async get() { return this.value; } //~ unnecessary-async
  static async make() { console.log(3); } //~ unnecessary-async
}
use(async () => { console.log(4); }); //~ unnecessary-async
async function nested(list) { //~ unnecessary-async
  list.push(async () => { await go(); }); // ok
}
const object = {
  async method() { console.log(5); }, //~ unnecessary-async
};

async function waits() { await go(); } // ok
async function empty() {} // ok
async function* numbers() { yield 1; } // ok
async function loops(xs) { for await (const x of xs) console.log(x); } // ok
async function hands() { return go(); } // ok
async function handsOwn() { return waits(); } // ok
const promise = async () => new Promise((resolve) => { setTimeout(resolve, 1); }); // ok
function sync() { return 1; } // ok
class Child extends Box {
  async get() { return 2; } // ok
}
async function tryWaits() { try { await go(); } finally { console.log(6); } } // ok
async function inDefault(a = 1) { if (a) { return await go(); } return a; } // ok
