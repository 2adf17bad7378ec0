// only: async-promise-executor, misused-promise
const { EventEmitter } = require("events");
const bus = new EventEmitter();
bus.on("x", async (e) => { await e; }); //~ misused-promise
bus.on("x", (e) => { e(); });
const handler = async (e) => { await e; };
bus.once("x", handler); //~ misused-promise
bus.off("x", handler);
window.addEventListener("click", handler); //~ misused-promise
const server = require("http").createServer(async (req, res) => { await req; }); //~ misused-promise
new Promise(async (resolve) => { await null; resolve(1); }).then(console.log, console.error); //~ async-promise-executor
const ex = async (resolve) => { await null; resolve(); };
new Promise(ex).catch(console.log); //~ async-promise-executor
new Promise(async function (resolve, reject) { await null; resolve(); }).catch(console.log); //~ async-promise-executor
const P = Promise;
new P(async (resolve) => { await null; resolve(); }).catch(console.log); //~ async-promise-executor
new globalThis.Promise(async (resolve) => { await null; resolve(); }).catch(console.log); //~ async-promise-executor
