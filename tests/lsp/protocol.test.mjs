// The life of a session, errors, and streams that no well-behaved client would send.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";

import { Client, Raw, capabilities, rpc, uriOf, within } from "./client.mjs";

const FLOATING = "async function save() {}\nasync function main() {\n  save();\n}\nmain();\n";

test("the order of life: initialize, work, shutdown, exit", async () => {
  const raw = Raw.start();
  raw.send({ jsonrpc: "2.0", id: 1, method: "textDocument/hover", params: {} });
  assert.equal((await raw.answer(1)).error.code, -32002);
  raw.send({ jsonrpc: "2.0", method: "textDocument/didOpen", params: {} });
  await raw.initialize();
  raw.send({ jsonrpc: "2.0", id: 2, method: "initialize", params: { capabilities: {} } });
  assert.equal((await raw.answer(2)).error.code, -32600);
  raw.send({ jsonrpc: "2.0", id: "three", method: "no/such", params: {} });
  assert.equal((await raw.answer("three")).error.code, -32601);
  raw.send({ jsonrpc: "2.0", method: "no/such", params: {} });
  raw.send({ jsonrpc: "2.0", method: "$/no/such", params: {} });
  raw.send({ jsonrpc: "2.0", id: 4, method: "shutdown" });
  assert.equal((await raw.answer(4)).result, null);
  raw.send({ jsonrpc: "2.0", id: 5, method: "textDocument/hover", params: {} });
  assert.equal((await raw.answer(5)).error.code, -32600);
  raw.send({ jsonrpc: "2.0", method: "exit" });
  assert.equal(await within(raw.exited, "exit"), 0);
});

test("exit without shutdown is 1, a stream that ends too", async () => {
  const raw = Raw.start();
  await raw.initialize();
  raw.send({ jsonrpc: "2.0", method: "exit" });
  assert.equal(await within(raw.exited, "exit"), 1);
  const early = Raw.start();
  early.send({ jsonrpc: "2.0", method: "exit" });
  assert.equal(await within(early.exited, "exit"), 1);
  const ended = Raw.start();
  await ended.initialize();
  ended.child.stdin.end();
  assert.equal(await within(ended.exited, "exit"), 1);
  const polite = Raw.start();
  await polite.initialize();
  polite.send({ jsonrpc: "2.0", id: 1, method: "shutdown" });
  await polite.answer(1);
  polite.child.stdin.end();
  assert.equal(await within(polite.exited, "exit"), 0);
});

test("the server goes when its parent has gone", async () => {
  const parent = spawn("sleep", ["1000"]);
  const raw = Raw.start();
  raw.send({ jsonrpc: "2.0", id: 0, method: "initialize", params: { processId: parent.pid, capabilities: {} } });
  await raw.answer(0);
  parent.kill("SIGKILL");
  assert.equal(await within(raw.exited, "exit"), 1);
});

test("what the client did not announce is not offered and not asked", async () => {
  const raw = Raw.start();
  const { result } = await raw.initialize();
  for (const key of ["diagnosticProvider", "codeLensProvider", "inlayHintProvider"]) {
    assert.equal(result.capabilities[key], undefined, key);
  }
  raw.send({ jsonrpc: "2.0", method: "initialized", params: {} });
  raw.send({ jsonrpc: "2.0", method: "textDocument/didOpen", params: { textDocument: { uri: uriOf("a.js"), languageId: "javascript", version: 1, text: FLOATING } } });
  const push = await raw.wait((message) => message.method === "textDocument/publishDiagnostics", "diagnostics");
  const [floating] = push.params.diagnostics;
  for (const key of ["codeDescription", "data", "tags", "relatedInformation"]) assert.equal(floating[key], undefined, key);
  assert.equal(push.params.version, undefined);
  assert.deepEqual(raw.messages.filter((message) => message.method && message.id !== undefined), []);
  raw.child.kill();
});

test("a message that comes in pieces, several that come at once", async () => {
  const raw = Raw.start();
  const bytes = raw.frame({ jsonrpc: "2.0", id: 0, method: "initialize", params: { capabilities: {} } });
  for (const byte of bytes) raw.write(Buffer.from([byte]));
  await raw.answer(0);
  raw.write(Buffer.concat([1, 2, 3].map((id) => raw.frame({ jsonrpc: "2.0", id, method: "no/such" }))));
  for (const id of [1, 2, 3]) assert.equal((await raw.answer(id)).error.code, -32601);
  raw.child.kill();
});

test("headers: other ones, other cases, lone line feeds", async () => {
  const raw = Raw.start();
  const text = JSON.stringify({ jsonrpc: "2.0", id: 0, method: "initialize", params: { capabilities: {}, x: "né" } });
  raw.write(`Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length:  ${Buffer.byteLength(text)}\r\nX: y\r\n\r\n${text}`);
  await raw.answer(0);
  const next = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "no/such" });
  raw.write(`Content-Length: ${next.length}\n\n${next}`);
  assert.equal((await raw.answer(1)).error.code, -32601);
  raw.child.kill();
});

test("what cannot be read is an error, and the next message is read", async () => {
  const raw = Raw.start();
  await raw.initialize();
  const bad = [
    ["no JSON", "{", -32700],
    ["two values", "{} {}", -32700],
    ["invalid UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), -32700],
    ["overlong UTF-8", Buffer.from([0x22, 0xc0, 0x80, 0x22]), -32700],
    ["control characters", '{"a":"\u0001"}', -32700],
    ["nothing", "", -32700],
    ["too deep", "[".repeat(100_000), -32700],
    ["a batch", "[]", -32600],
    ["a number", "1", -32600],
    ["no method", "{}", -32600],
    ["an id that is none", '{"jsonrpc":"2.0","id":{},"method":"shutdown"}', -32600],
    ["a method that is none", '{"jsonrpc":"2.0","id":77,"method":5}', -32600],
    ["no jsonrpc", '{"id":78,"method":"no/such"}', -32600],
    ["params that are none", '{"jsonrpc":"2.0","id":79,"method":"textDocument/hover","params":5}', -32602],
    ["no params", '{"jsonrpc":"2.0","id":80,"method":"textDocument/hover"}', -32602],
  ];
  for (const [what, body, code] of bad) {
    raw.messages.length = 0;
    const bytes = Buffer.from(body);
    raw.write(Buffer.concat([Buffer.from(`Content-Length: ${bytes.length}\r\n\r\n`), bytes]));
    const answer = await raw.wait((message) => message.error, what);
    assert.equal(answer.error.code, code, what);
  }
  raw.messages.length = 0;
  raw.write("Content-Length: x\r\n\r\n");
  assert.equal((await raw.wait((message) => message.error, "no length")).error.code, -32600);
  raw.messages.length = 0;
  raw.write("Content-Length: -5\r\n\r\n");
  assert.equal((await raw.wait((message) => message.error, "negative length")).error.code, -32600);
  raw.messages.length = 0;
  raw.write(`${"x".repeat(10_000)}\r\n\r\n`);
  assert.equal((await raw.wait((message) => message.error, "long header")).error.code, -32600);
  raw.send({ jsonrpc: "2.0", id: 99, method: "no/such" });
  assert.equal((await raw.answer(99)).error.code, -32601);
  raw.child.kill();
});

test("an oversized message is skipped and answered with an error", async () => {
  const raw = Raw.start();
  await raw.initialize();
  const length = 70 << 20;
  raw.write(`Content-Length: ${length}\r\n\r\n`);
  for (let sent = 0; sent < length; sent += 1 << 20) raw.write(Buffer.alloc(1 << 20, 0x20));
  assert.equal((await raw.wait((message) => message.error, "oversized")).error.code, -32600);
  raw.send({ jsonrpc: "2.0", id: 1, method: "no/such" });
  assert.equal((await raw.answer(1)).error.code, -32601);
  raw.child.kill();
});

test("parameters of wrong types are errors, never an end", async () => {
  const client = Client.start();
  await client.initialize();
  const uri = client.open("a.js", FLOATING);
  await client.diagnostics(uri, 1);
  const methods = [
    "textDocument/hover", "textDocument/codeAction", "codeAction/resolve", "textDocument/codeLens",
    "textDocument/inlayHint", "textDocument/diagnostic", "workspace/executeCommand", "asyncport/translation",
  ];
  const shapes = [
    {}, [], { textDocument: 5 }, { textDocument: { uri: 5 } }, { textDocument: { uri: uriOf("unknown.js") } },
    { textDocument: { uri }, position: { line: -1, character: 0 }, range: { start: 5 } },
    { textDocument: { uri }, position: "x", range: null, context: 5 },
    { command: "asyncport.translate", arguments: [5] }, { command: "asyncport.translateSelection", arguments: [{ uri }] },
    { command: "asyncport.explain", arguments: ["no-such-id"] }, { command: 5, arguments: 6 },
  ];
  for (const method of methods) {
    for (const shape of shapes) {
      try {
        await client.request(method, shape);
      } catch (error) {
        assert.ok([-32602, -32603, -32803, -32801].includes(error.code), `${method} ${JSON.stringify(shape)}: ${error.message}`);
        assert.notEqual(error.code, -32603, error.message);
      }
    }
  }
  for (const params of [{}, [], { textDocument: { uri, version: "x" }, contentChanges: 5 }, { textDocument: { uri, version: 9 }, contentChanges: [5, {}, { range: 1, text: "x" }] }]) {
    void client.notify("textDocument/didChange", params);
    void client.notify("textDocument/didOpen", params);
    void client.notify("textDocument/didSave", params);
  }
  assert.equal(await client.stop(), 0);
});

test("a request that is taken back is answered with -32800", async () => {
  const client = Client.start();
  await client.initialize();
  const big = `${FLOATING}\n`.repeat(300).replaceAll("main", "main_").replace(/function save/g, () => `function save`);
  const uri = client.open("big.py", `async def f():\n${"    await g()\n".repeat(4000)}`);
  const source = new rpc.CancellationTokenSource();
  const slow = client.request("asyncport/translation", { textDocument: { uri } }).catch((error) => error);
  const cancelled = client.request("asyncport/translation", { textDocument: { uri }, selfCheck: true }, source.token).catch((error) => error);
  source.cancel();
  assert.equal((await cancelled).code, -32800);
  assert.equal(typeof (await slow).text, "string");
  assert.ok(big.length > 0);
  await client.stop();
});

test("nothing but the protocol is on standard output", async () => {
  const raw = Raw.start(["--stdio"]);
  const { result } = await raw.initialize(capabilities());
  assert.equal(result.serverInfo.name, "asyncport");
  raw.send({ jsonrpc: "2.0", id: 1, method: "shutdown" });
  await raw.answer(1);
  raw.send({ jsonrpc: "2.0", method: "exit" });
  await raw.exited;
  assert.equal(raw.bytes.length, 0);
  assert.equal(raw.stderr, "");
});
