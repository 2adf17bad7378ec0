// only: unnecessary-async
async function a() { return 1; } //~ unnecessary-async
async function b() { await c(); }
async function c() { return fetch("x"); }
async function d() {}
const e = async () => 5; //~ unnecessary-async
const f = async () => { console.log(1); }; //~ unnecessary-async
const g = async () => fetch("x");
class A { async m() { return 1; } } //~ unnecessary-async
class B extends A { async m() { return 1; } }
async function* h() { yield 1; }
async function i() { for await (const x of y) z(x); }
async function j() { return unknown(); }
async function k() { throw new Error("not yet"); }
async function l() { if (x) return a(); return 2; }
export async function m() { return 1; } //~ unnecessary-async
async function n() { const inner = async () => { await c(); }; inner(); } //~ unnecessary-async
const o = { async p() { return 1; }, q: async () => 2 }; //~ unnecessary-async
async function r() { return new Promise((r) => { r(1); }); }
