// Work that takes a while: it can be taken back in the middle, and a client that can show progress gets some.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Client, capabilities, range, rpc, within } from "./client.mjs";

// LARGE is enough for a progress to be shown; LONG for something to happen in the middle.
const LARGE = 5000;
const LONG = 2500;
const large = (count) =>
  `async def g():\n    return {"a": [1, 2]}\n\n\n${Array.from({ length: count }, (_, i) => `async def f${i}(x):\n    return await g(), x + ${i}\n`).join("\n\n")}`;

test("a translation is stopped in the middle", async () => {
  const client = Client.start();
  await client.initialize();
  const uri = client.open("large.py", large(LONG));
  // What is known about the file is there now: only translating is left.
  await client.diagnostics(uri);
  const whole = Date.now();
  assert.equal(typeof (await client.request("asyncport/translation", { textDocument: { uri } })).text, "string");
  const took = Date.now() - whole;
  client.change(uri, 2, { range: range(0, 0, 0, 0), text: "# again\n" });
  await client.diagnostics(uri, 2);
  const source = new rpc.CancellationTokenSource();
  const answer = client.request("asyncport/translation", { textDocument: { uri } }, source.token).catch((error) => error);
  await new Promise((resolve) => setTimeout(resolve, took / 10));
  const begin = Date.now();
  source.cancel();
  assert.equal((await answer).code, -32800);
  assert.ok(Date.now() - begin < took * 0.6, `it went on for ${Date.now() - begin} of ${took} ms`);
  assert.match((await client.request("asyncport/translation", { textDocument: { uri } })).text, new RegExp(`async function f${LONG - 1}`));
  assert.equal(await client.stop(), 0);
});

test("a change takes back the check of what it changes", async () => {
  const client = Client.start();
  const wanted = capabilities();
  delete wanted.window.workDoneProgress;
  await client.initialize(wanted, { initializationOptions: { debounce: 0 } });
  client.configuration = { debounce: 0 };
  const uri = client.open("large.py", large(LONG));
  await new Promise((resolve) => setTimeout(resolve, 60));
  client.change(uri, 2, { range: range(0, 0, 0, 0), text: "import time\nasync def s():\n    time.sleep(1)\n" });
  const found = await client.diagnostics(uri, 2);
  assert.deepEqual(found.filter((one) => one.code === "blocking-sleep").length, 1);
  assert.deepEqual(client.published.map((one) => one.version).at(-1), 2);
  // A change that does not count takes nothing back for good.
  client.change(uri, 3, { range: range(0, 0, 0, 0), text: "# one more line\n" });
  await new Promise((resolve) => setTimeout(resolve, 60));
  client.change(uri, 3, { text: "" });
  assert.equal((await client.diagnostics(uri, 3)).length, found.length);
  assert.equal(await client.stop(), 0);
});

async function withProgress(reply) {
  const client = Client.start();
  const log = [];
  const tokens = [];
  client.connection.onRequest("window/workDoneProgress/create", ({ token }) => {
    tokens.push(token);
    log.push("create");
    return reply();
  });
  client.connection.onNotification("$/progress", ({ token, value }) => {
    assert.equal(token, tokens.at(-1));
    log.push(value.kind);
    client.onProgress?.(token, value);
  });
  const published = client.published;
  client.published = { push: (params) => (log.push("diagnostics"), published.push(params)), find: (fits) => published.find(fits) };
  await client.initialize();
  return { client, log };
}

test("checks of large documents show their progress", async () => {
  const { client, log } = await withProgress(() => null);
  const small = client.open("small.py", "async def f():\n    pass\n");
  await client.diagnostics(small, 1);
  assert.ok(!log.includes("create"));
  const uri = client.open("large.py", large(LARGE));
  await client.diagnostics(uri, 1);
  await client.request("asyncport/translation", { textDocument: { uri: small } });
  assert.deepEqual(log.slice(log.indexOf("create")), ["create", "begin", "end", "diagnostics"]);
  assert.equal(await client.stop(), 0);
});

test("a client that refuses a progress gets diagnostics without", async () => {
  const { client, log } = await withProgress(() => {
    throw new rpc.ResponseError(-32603, "no");
  });
  const uri = client.open("large.py", large(LARGE));
  await client.diagnostics(uri, 1);
  assert.deepEqual(log, ["create", "diagnostics"]);
  assert.equal(await client.stop(), 0);
});

test("a check is taken back by its progress, until the next change", async () => {
  const { client, log } = await withProgress(() => null);
  const begun = new Promise((resolve) => {
    client.onProgress = (token, value) => value.kind === "begin" && resolve(client.notify("window/workDoneProgress/cancel", { token }));
  });
  const uri = client.open("large.py", large(LARGE));
  await within(begun, "begin");
  delete client.onProgress;
  await client.request("asyncport/translation", { textDocument: { uri }, range: range(0, 0, 1, 0) });
  assert.deepEqual(log, ["create", "begin", "end"]);
  client.change(uri, 2, { range: range(0, 0, 0, 0), text: "# again\n" });
  assert.ok(Array.isArray(await client.diagnostics(uri, 2)));
  assert.equal(await client.stop(), 0);
});

test("a request's own token gets its progress", async () => {
  const client = Client.start();
  await client.initialize();
  const uri = client.open("a.py", "async def f():\n    pass\n");
  for (const [method, params] of [
    ["asyncport/translation", { textDocument: { uri } }],
    ["textDocument/diagnostic", { textDocument: { uri } }],
    ["workspace/executeCommand", { command: "asyncport.explain", arguments: [{ id: "floating-promise" }] }],
    ["workspace/executeCommand", { command: "asyncport.nothing" }],
  ]) {
    client.progress.length = 0;
    await client.request(method, { ...params, workDoneToken: "mine" }).catch((error) => error);
    assert.deepEqual(client.progress.map(({ token, value }) => [token, value.kind]), [["mine", "begin"], ["mine", "end"]], method);
  }
  assert.equal(await client.stop(), 0);
});
