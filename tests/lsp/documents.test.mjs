// Documents: synchronisation in every encoding, versions, diagnostics pushed and pulled.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Client, capabilities, position, range, rpc, types, uriOf } from "./client.mjs";

const FLOATING = "async function save() {}\nasync function main() {\n  save();\n}\nmain();\n";
const BLOCKING = "import asyncio\nimport time\n\n\nasync def poll():\n    time.sleep(1)\n\n\nasyncio.run(poll())\n";

function ids(diagnostics) {
  return diagnostics.map((diagnostic) => diagnostic.code);
}

async function session(wanted = capabilities(), options = { debounce: 0 }) {
  const client = Client.start();
  client.configuration = options;
  await client.initialize(wanted, { initializationOptions: options });
  return client;
}

test("diagnostics of both languages are published with what people need", async () => {
  const client = await session();
  const js = client.open("a.js", FLOATING);
  const py = client.open("b.py", BLOCKING);
  const [ofJs, ofPy] = await Promise.all([client.diagnostics(js, 1), client.diagnostics(py, 1)]);
  assert.ok(ids(ofJs).includes("floating-promise"), JSON.stringify(ofJs));
  assert.ok(ids(ofPy).includes("blocking-sleep"), JSON.stringify(ofPy));
  const floating = ofJs.find((diagnostic) => diagnostic.code === "floating-promise");
  assert.deepEqual(floating.range, range(2, 2, 2, 8));
  assert.equal(floating.source, "asyncport");
  assert.equal(floating.severity, 2);
  assert.match(floating.codeDescription.href, /floating-promise$/);
  assert.equal(floating.data.id, "floating-promise");
  for (const diagnostic of [...ofJs, ...ofPy]) assert.ok(types.Diagnostic.is(diagnostic));
  assert.equal(await client.stop(), 0);
  assert.equal(client.stderr, "");
});

test("a change moves the diagnostics, a closed document has none", async () => {
  const client = await session();
  const uri = client.open("a.js", FLOATING);
  await client.diagnostics(uri, 1);
  client.change(uri, 2, { range: range(0, 0, 0, 0), text: "// one line more\n" });
  const moved = await client.diagnostics(uri, 2);
  assert.equal(moved.find((d) => d.code === "floating-promise").range.start.line, 3);
  client.change(uri, 3, { range: range(3, 2, 3, 2), text: "await " });
  const mended = await client.diagnostics(uri, 3);
  assert.ok(!mended.some((d) => d.code === "floating-promise" && d.range.start.line === 3), JSON.stringify(mended));
  const closed = client.diagnostics(uri);
  void client.notify("textDocument/didClose", { textDocument: { uri } });
  assert.deepEqual(await closed, []);
  await client.stop();
});

test("several changes of one notification apply in order", async () => {
  const client = await session();
  const uri = client.open("a.js", "");
  client.change(
    uri,
    2,
    { text: "abc" },
    { range: range(0, 1, 0, 2), text: "XY" },
    { range: range(0, 3, 0, 4), text: "" },
    { range: range(0, 0, 0, 3), text: FLOATING },
    { range: range(4, 0, 99, 99), text: "" },
  );
  const found = await client.diagnostics(uri, 2);
  assert.ok(ids(found).includes("floating-promise"));
  await client.stop();
});

test("out-of-order and repeated versions are left out", async () => {
  const client = await session();
  const uri = client.open("a.js", FLOATING, 5);
  await client.diagnostics(uri, 5);
  client.change(uri, 4, { text: "stale(" });
  client.change(uri, 5, { text: "repeated(" });
  client.change(uri, 7, { range: range(0, 0, 0, 0), text: "\n" });
  const found = await client.diagnostics(uri, 7);
  assert.equal(found.find((d) => d.code === "floating-promise").range.start.line, 3);
  await client.stop();
});

for (const encoding of ["utf-8", "utf-16", "utf-32"]) {
  test(`positions in ${encoding} with emoji and combining marks`, async () => {
    const wanted = capabilities();
    wanted.general.positionEncodings = [encoding];
    const client = await session(wanted);
    assert.equal(client.server.capabilities.positionEncoding, encoding);
    const length = (text) =>
      encoding === "utf-8" ? Buffer.byteLength(text) : encoding === "utf-16" ? text.length : [...text].length;
    const before = 'const s = "👩‍👩‍👧 e\u0301 名 𝒳"; ';
    const text = `async function save() {}\nasync function main() { ${before}save(); }\nmain();\n`;
    const uri = client.open("a.js", text);
    const start = length(`async function main() { ${before}`);
    let found = (await client.diagnostics(uri, 1)).find((d) => d.code === "floating-promise");
    assert.deepEqual(found.range, range(1, start, 1, start + length("save()")));
    // Take one emoji out, by its position in this encoding.
    const at = length('async function main() { const s = "');
    client.change(uri, 2, { range: range(1, at, 1, at + length("👩‍👩‍👧")), text: "é" });
    found = (await client.diagnostics(uri, 2)).find((d) => d.code === "floating-promise");
    const now = start - length("👩‍👩‍👧") + length("é");
    assert.deepEqual(found.range, range(1, now, 1, now + length("save()")));
    // A character past the end of its line is the end of its line; a line past the end is the end.
    client.change(uri, 3, { range: range(0, 9999, 0, 9999), text: " // 😀" }, { range: range(99, 0, 99, 0), text: "// end\n" });
    found = (await client.diagnostics(uri, 3)).find((d) => d.code === "floating-promise");
    assert.deepEqual(found.range, range(1, now, 1, now + length("save()")));
    await client.stop();
  });
}

test("utf-16 without a word about encodings, and utf-8 where there is a choice", async () => {
  const wanted = capabilities();
  delete wanted.general;
  const plain = await session(wanted);
  assert.equal(plain.server.capabilities.positionEncoding, "utf-16");
  await plain.stop();
  const rich = await session({ ...capabilities(), general: { positionEncodings: ["utf-32", "utf-16", "utf-8"] } });
  assert.equal(rich.server.capabilities.positionEncoding, "utf-8");
  await rich.stop();
});

test("an edit may split a surrogate pair, and the next one may complete it", async () => {
  const client = await session();
  const uri = client.open("a.js", 'const s = "😀"; // x\n' + FLOATING);
  // 😀 is d83d de00, 😁 is d83d de01: an editor may send the half that changes.
  client.change(uri, 2, { range: range(0, 12, 0, 13), text: "\ude01" });
  await client.diagnostics(uri, 2);
  const { text } = await client.request("asyncport/translation", { textDocument: { uri } });
  assert.ok(text.includes("😁"), text);
  client.change(uri, 3, { range: range(0, 12, 0, 13), text: "" });
  await client.diagnostics(uri, 3);
  client.change(uri, 4, { range: range(0, 12, 0, 12), text: "\ude02" });
  await client.diagnostics(uri, 4);
  const later = await client.request("asyncport/translation", { textDocument: { uri } });
  assert.ok(later.text.includes("😂"), later.text);
  await client.stop();
});

test("line ends: CRLF, lone CR and a byte order mark keep their lines and columns", async () => {
  const client = await session();
  const crlf = client.open("crlf.js", FLOATING.replaceAll("\n", "\r\n"));
  assert.deepEqual((await client.diagnostics(crlf, 1)).find((d) => d.code === "floating-promise").range, range(2, 2, 2, 8));
  client.change(crlf, 2, { range: range(0, 24, 1, 0), text: "\r\n\r\n" });
  assert.equal((await client.diagnostics(crlf, 2)).find((d) => d.code === "floating-promise").range.start.line, 3);
  const translation = await client.request("asyncport/translation", { textDocument: { uri: crlf } });
  assert.equal(translation.text.replaceAll("\r\n", "").includes("\n"), false);
  const cr = client.open("cr.js", FLOATING.replaceAll("\n", "\r"));
  assert.deepEqual((await client.diagnostics(cr, 1)).find((d) => d.code === "floating-promise").range, range(2, 2, 2, 8));
  const withBom = "\ufeffasync function save() {} async function main() { save(); }\nmain();\n";
  const at = withBom.indexOf("save(); }");
  const bom = client.open("bom.js", withBom);
  assert.equal((await client.diagnostics(bom, 1)).find((d) => d.code === "floating-promise").range.start.character, at);
  client.change(bom, 2, { range: range(0, 0, 0, 1), text: "" });
  assert.equal((await client.diagnostics(bom, 2)).find((d) => d.code === "floating-promise").range.start.character, at - 1);
  // "\r" at the end of a line before "\n" makes one line end of two.
  const joined = client.open("joined.js", "\n" + FLOATING);
  client.change(joined, 2, { range: range(0, 0, 0, 0), text: "\r" });
  assert.equal((await client.diagnostics(joined, 2)).find((d) => d.code === "floating-promise").range.start.line, 3);
  await client.stop();
});

test("pulled diagnostics have result ids and are not pushed", async () => {
  const wanted = capabilities();
  wanted.textDocument.diagnostic = { dynamicRegistration: false, relatedDocumentSupport: false };
  const client = await session(wanted);
  assert.equal(client.server.capabilities.diagnosticProvider.identifier, "asyncport");
  const uri = client.open("a.js", FLOATING);
  const first = await client.request("textDocument/diagnostic", { textDocument: { uri } });
  assert.equal(first.kind, "full");
  assert.ok(ids(first.items).includes("floating-promise"));
  const again = await client.request("textDocument/diagnostic", { textDocument: { uri }, previousResultId: first.resultId });
  assert.deepEqual(again, { kind: "unchanged", resultId: first.resultId });
  client.change(uri, 2, { range: range(0, 0, 0, 0), text: "\n" });
  const moved = await client.request("textDocument/diagnostic", { textDocument: { uri }, previousResultId: first.resultId });
  assert.equal(moved.kind, "full");
  assert.notEqual(moved.resultId, first.resultId);
  assert.deepEqual(client.published, []);
  await client.stop();
});

test("a broken document is answered too", async () => {
  const client = await session();
  const uri = client.open("a.js", "async function f( {\n  await\n");
  const found = await client.diagnostics(uri, 1);
  assert.ok(ids(found).every((id) => id === "syntax-error") && found.length > 0);
  assert.equal(found[0].severity, 1);
  const textDocument = { uri };
  const at = position(0, 3);
  assert.equal(await client.request("textDocument/hover", { textDocument, position: at }), null);
  assert.deepEqual(await client.request("textDocument/codeLens", { textDocument }), []);
  assert.deepEqual(await client.request("textDocument/inlayHint", { textDocument, range: range(0, 0, 9, 0) }), []);
  const actions = await client.request("textDocument/codeAction", { textDocument, range: range(0, 0, 9, 0), context: { diagnostics: [] } });
  assert.ok(Array.isArray(actions));
  const translation = await client.request("asyncport/translation", { textDocument });
  assert.equal(translation.text, null);
  assert.ok(ids(translation.diagnostics).includes("syntax-error"));
  const nul = client.open("nul.py", "x = 1\0\n");
  assert.equal((await client.diagnostics(nul, 1)).length, 1);
  await client.stop();
});

test("settings of the editor are asked for, and told", async () => {
  const client = await session(capabilities(), { debounce: 0, ignore: ["floating-promise"] });
  const uri = client.open("a.js", FLOATING);
  assert.ok(!ids(await client.diagnostics(uri, 1)).includes("floating-promise"));
  assert.deepEqual([...client.asked].sort(), ["client/registerCapability", "workspace/configuration"]);
  client.configuration = { debounce: 0 };
  client.published.length = 0;
  const next = client.diagnostics(uri);
  void client.notify("workspace/didChangeConfiguration", { settings: null });
  assert.ok(ids(await next).includes("floating-promise"));
  await client.stop();
  // A client that only tells.
  const wanted = capabilities();
  delete wanted.workspace.configuration;
  const teller = await session(wanted);
  const other = teller.open("a.js", FLOATING);
  await teller.diagnostics(other, 1);
  teller.published.length = 0;
  const told = teller.diagnostics(other);
  void teller.notify("workspace/didChangeConfiguration", { settings: { asyncport: { select: ["await-in-loop"] } } });
  assert.deepEqual(await told, []);
  await teller.stop();
});

test("documents of other languages are left alone", async () => {
  const client = await session();
  client.open("a.ts", "let x: number = 1;", 1, "typescript");
  const uri = uriOf("a.ts");
  await assert.rejects(
    client.request("textDocument/hover", { textDocument: { uri }, position: position(0, 0) }),
    (error) => error.code === rpc.ErrorCodes.InvalidParams,
  );
  await client.stop();
});
