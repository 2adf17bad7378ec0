// only: return-await-in-try, useless-await
async function load() { await tick(); }
async function a() { try { return load(); } catch (e) { log(e); } } //~ return-await-in-try
async function b() { try { return await load(); } catch (e) { log(e); } }
async function c() { return load(); }
async function d() { try { foo(); } catch (e) { return load(); } }
async function e() { try { foo(); } catch (e) { return load(); } finally { bar(); } } //~ return-await-in-try
async function f() { try { foo(); } finally { return load(); } }
async function g() { try { return x ? load() : 1; } catch {} } //~ return-await-in-try
async function h() { try { return xs.map(() => load()); } catch {} }
async function i() { try { const p = load(); return p; } catch {} } //~ return-await-in-try
function j() { try { return load(); } catch {} }
const k = async () => { try { return new Promise((r) => { r(); }); } catch {} }; //~ return-await-in-try
async function l() { try { return Promise.all([load()]); } catch {} } //~ return-await-in-try
async function m() { try { return fetch("x"); } finally { close(); } } //~ return-await-in-try
async function n() { try { await load(); return 1; } catch {} }
async function o() { try { return (() => load())(); } catch {} } //~ return-await-in-try
async function p() { try { return load().then((x) => x); } catch {} } //~ return-await-in-try
async function q() { try { return load() ?? 1; } catch {} } //~ return-await-in-try
async function r() { await 1; await "x"; await null; await [load()]; await { a: 1 }; } //~ useless-await
async function s() { const v = 5; await v; } //~ useless-await
async function t() { await JSON.parse("1"); } //~ useless-await
function plain() { return 1; }
async function u() { await plain(); } //~ useless-await
async function v() { await (await load()); } //~ useless-await
async function w(p) { await p; await p.x; await unknown(); }
async function x1() { await { then(r) { r(1); } }; }
async function y1() { const r = await load(); await r; } //~ useless-await
async function z1() { await console.log("x"); } //~ useless-await
async function z4() { for await (const x of [1, 2]) {} } //~ useless-await
async function z5() { await setTimeout(() => {}, 10); } //~ useless-await
async function z6() { await a.b.push(1); await str.trim(); }
async function z7() { const f = () => 5; await f(); const s = "a"; await s.trim(); await [1].length; } //~ useless-await
async function z8() { await new Map(); await new Date(); await Math.random(); } //~ useless-await
async function z9() { await (1 + 2); await !x; await typeof x; await `a`; await function () {}; await (() => {}); } //~ useless-await
async function za() { const t = require("fs").readFileSync("x"); await t; await fs2.existsSync("x"); } //~ useless-await
const fs2 = require("fs");
