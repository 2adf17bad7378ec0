// What an editor offers beside diagnostics: code actions, hover, lenses, hints, commands, translation.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Client, capabilities, position, range, rpc, types } from "./client.mjs";

const SOURCE = `import { readFile } from "node:fs/promises";

async function fetchUser(id) {
  const text = await readFile(\`users/\${id}.json\`, "utf8");
  return JSON.parse(text);
}

async function load(ids) {
  const users = await Promise.all([fetchUser(1), fetchUser(2)]);
  fetchUser(ids[0]);
  return users;
}

async function main() {
  console.log(await load([1]));
}

main();
`;

async function session(wanted = capabilities()) {
  const client = Client.start();
  client.configuration = { debounce: 0 };
  await client.initialize(wanted, { initializationOptions: { debounce: 0 } });
  return client;
}

// Applies the edits of one document, as an editor would.
function apply(text, edits) {
  const starts = [0];
  for (let i = 0; i < text.length; ++i) if (text[i] === "\n") starts.push(i + 1);
  const offset = ({ line, character }) => starts[line] + character;
  for (const edit of [...edits].reverse()) {
    text = text.slice(0, offset(edit.range.start)) + edit.newText + text.slice(offset(edit.range.end));
  }
  return text;
}

test("a quick fix mends the finding that it belongs to", async () => {
  const client = await session();
  const uri = client.open("a.js", SOURCE);
  const textDocument = { uri };
  const found = await client.diagnostics(uri, 1);
  const floating = found.find((d) => d.code === "floating-promise" && d.range.start.line === 9);
  const actions = await client.request("textDocument/codeAction", { textDocument, range: floating.range, context: { diagnostics: [floating] } });
  // The guard knows nothing of actions that are resolved later.
  for (const action of actions) assert.ok(action.data || types.CodeAction.is(action), JSON.stringify(action));
  const fix = actions.find((action) => action.isPreferred);
  assert.equal(fix.kind, "quickfix");
  assert.equal(fix.diagnostics[0].code, "floating-promise");
  const [{ textDocument: changed, edits }] = fix.edit.documentChanges;
  assert.deepEqual(changed, { uri, version: 1 });
  const mended = apply(SOURCE, edits);
  assert.ok(mended.includes("  await fetchUser(ids[0]);"), mended);
  client.change(uri, 2, ...edits.map(({ range: at, newText }) => ({ range: at, text: newText })));
  assert.ok(!(await client.diagnostics(uri, 2)).some((d) => d.code === "floating-promise" && d.range.start.line === 9));
  const ignore = actions.find((action) => action.title.startsWith("Ignore "));
  const ignored = apply(SOURCE, ignore.edit.documentChanges[0].edits);
  assert.ok(ignored.includes("  // asyncport-ignore: floating-promise\n  fetchUser(ids[0]);"), ignored);
  client.change(uri, 3, { text: ignored });
  const left = await client.diagnostics(uri, 3);
  assert.ok(!left.some((d) => d.code === "unused-ignore" || d.range.start.line === 10), JSON.stringify(left));
  await client.stop();
});

test("only the kinds that are asked for", async () => {
  const client = await session();
  const uri = client.open("a.js", SOURCE);
  const kinds = async (only) =>
    new Set((await client.request("textDocument/codeAction", {
      textDocument: { uri }, range: range(0, 0, 20, 0), context: { diagnostics: [], only } })).map((action) => action.kind));
  assert.deepEqual(await kinds(["refactor"]), new Set(["refactor.rewrite.asyncport.toPython"]));
  assert.deepEqual(await kinds(["quickfix"]), new Set(["quickfix"]));
  assert.deepEqual(await kinds(["source.organizeImports"]), new Set());
  await client.stop();
});

test("fix-all is resolved later, and not for a text that has changed", async () => {
  const client = await session();
  const text = "import asyncio\n\n\nasync def main():\n    await asyncio.gather(await f(), await g())\n\n\n# asyncport-ignore: await-in-loop\nx = 1\n";
  const uri = client.open("a.py", text);
  await client.diagnostics(uri, 1);
  const ask = () => client.request("textDocument/codeAction", {
    textDocument: { uri }, range: range(0, 0, 9, 0), context: { diagnostics: [], only: ["source.fixAll"] } });
  const [action] = await ask();
  assert.equal(action.kind, "source.fixAll.asyncport");
  assert.equal(action.edit, undefined);
  const resolved = await client.request("codeAction/resolve", action);
  const mended = apply(text, resolved.edit.documentChanges[0].edits);
  assert.notEqual(mended, text);
  assert.ok(!mended.includes("asyncport-ignore"), mended);
  client.change(uri, 2, { range: range(0, 0, 0, 0), text: "\n" });
  await assert.rejects(client.request("codeAction/resolve", action), (error) => error.code === -32801);
  // A client that resolves nothing gets the edit at once.
  const wanted = capabilities();
  delete wanted.textDocument.codeAction.resolveSupport;
  const simple = await session(wanted);
  simple.open("a.py", text);
  const [ready] = await simple.request("textDocument/codeAction", {
    textDocument: { uri }, range: range(0, 0, 9, 0), context: { diagnostics: [], only: ["source.fixAll"] } });
  assert.equal(apply(text, ready.edit.documentChanges[0].edits), mended);
  await simple.stop();
  await client.stop();
});

test("translating makes a new file beside the source where the client can", async () => {
  const client = await session();
  const uri = client.open("a.js", SOURCE);
  const actions = await client.request("textDocument/codeAction", { textDocument: { uri }, range: range(7, 0, 7, 0), context: { diagnostics: [], only: ["refactor"] } });
  const resolved = await client.request("codeAction/resolve", actions[0]);
  const [create, fill] = resolved.edit.documentChanges;
  assert.deepEqual(create, { kind: "create", uri: uri.replace(/js$/, "py") });
  assert.equal(fill.textDocument.uri, create.uri);
  assert.ok(fill.edits[0].newText.includes("async def load(ids):"), fill.edits[0].newText);
  // By the command the server asks for the edit, and to show it.
  const result = await client.request("workspace/executeCommand", { command: "asyncport.translate", arguments: [{ uri }], workDoneToken: "t1" });
  assert.equal(result.newUri, create.uri);
  assert.ok(result.text.includes("asyncio.gather("));
  while (!client.asked.some((what) => what.startsWith("showDocument"))) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(client.edits[0].edit.documentChanges[0].kind, "create");
  assert.deepEqual(client.progress.map(({ token, value }) => [token, value.kind]), [["t1", "begin"], ["t1", "end"]]);
  await client.stop();
});

test("translating returns the text where the client makes no files", async () => {
  const wanted = capabilities();
  wanted.workspace.workspaceEdit = {};
  const client = await session(wanted);
  const uri = client.open("a.js", SOURCE);
  const [action] = await client.request("textDocument/codeAction", { textDocument: { uri }, range: range(7, 0, 7, 0), context: { diagnostics: [], only: ["refactor"] } });
  assert.equal(action.command.command, "asyncport.translate");
  const result = await client.request("workspace/executeCommand", action.command);
  assert.equal(result.languageId, "python");
  assert.ok(result.text.includes("async def load(ids):"));
  assert.deepEqual(client.edits, []);
  await client.stop();
});

test("a selection is translated with the facts of the whole file", async () => {
  const client = await session();
  const uri = client.open("a.js", SOURCE);
  const at = range(7, 0, 11, 1);
  const result = await client.request("workspace/executeCommand", { command: "asyncport.translateSelection", arguments: [{ uri, range: at, target: "text" }] });
  const begin = "import asyncio\n\n\nasync def load(ids):\n    users = await asyncio.gather(fetch_user(1), fetch_user(2))\n";
  assert.ok(result.text.startsWith(begin), result.text);
  assert.ok(!result.text.includes("def fetch_user"), result.text);
  assert.ok(!result.text.includes("def main"), result.text);
  // A statement inside of a function, by a part of it.
  const inside = await client.request("asyncport/translation", { textDocument: { uri }, range: range(8, 10, 8, 12) });
  assert.equal(inside.text, "import asyncio\n\nusers = await asyncio.gather(fetch_user(1), fetch_user(2))\n");
  await client.stop();
});

test("the preview has a two-way line map and diagnostics", async () => {
  const client = await session();
  const uri = client.open("a.js", SOURCE);
  const preview = await client.request("asyncport/translation", { textDocument: { uri }, to: "py" });
  assert.equal(preview.version, 1);
  const target = preview.text.split("\n");
  const load = preview.lineMap.targetOfSource[7];
  assert.equal(target[load], "async def load(ids):");
  assert.equal(preview.lineMap.sourceOfTarget[load], 7);
  assert.ok(Array.isArray(preview.diagnostics));
  await assert.rejects(client.request("asyncport/translation", { textDocument: { uri }, to: "js" }), (error) => error.code === rpc.ErrorCodes.InvalidParams);
  await client.stop();
});

test("hover says what becomes of it, teaches, and shows what a function waits for", async () => {
  const client = await session();
  const uri = client.open("a.js", SOURCE);
  const hover = async (line, character) =>
    (await client.request("textDocument/hover", { textDocument: { uri }, position: position(line, character) }))?.contents.value;
  const gather = await hover(8, 28);
  assert.match(gather, /```python\nawait asyncio.gather\(fetch_user\(1\), fetch_user\(2\)\)/);
  assert.match(gather, /\n\n/);
  const lesson = await hover(9, 4);
  assert.match(lesson, /floating-promise/);
  const header = await hover(7, 17);
  assert.match(header, /Waits for `.*Par\(all, fetchUser, fetchUser\)/);
  assert.equal(await hover(6, 0), undefined);
  // Plain text for who wants it.
  const wanted = capabilities();
  wanted.textDocument.hover = {};
  const plain = await session(wanted);
  plain.open("a.js", SOURCE);
  const text = (await plain.request("textDocument/hover", { textDocument: { uri }, position: position(8, 28) })).contents;
  assert.equal(text.kind, "plaintext");
  assert.ok(!text.value.includes("```"));
  await plain.stop();
  await client.stop();
});

test("lenses and hints say what runs at once", async () => {
  const client = await session();
  const uri = client.open("a.js", SOURCE);
  const lenses = await client.request("textDocument/codeLens", { textDocument: { uri } });
  const titles = lenses.filter((lens) => lens.range.start.line === 7).map((lens) => lens.command.title);
  assert.ok(titles.some((title) => title.includes("Par(all, fetchUser, fetchUser)")), titles.join("; "));
  assert.ok(titles.includes("translate to Python"));
  const hints = await client.request("textDocument/inlayHint", { textDocument: { uri }, range: range(0, 0, 20, 0) });
  assert.deepEqual(hints.map((hint) => [hint.position.line, hint.label]), [[8, "∥ fetchUser, fetchUser"]]);
  assert.deepEqual(await client.request("textDocument/inlayHint", { textDocument: { uri }, range: range(0, 0, 3, 0) }), []);
  client.configuration = { debounce: 0, codeLens: false, inlayHints: false };
  void client.notify("workspace/didChangeConfiguration", { settings: null });
  // The server asks for the new settings first; until the answer is there, the old ones hold.
  const isOff = async () => (await client.request("textDocument/codeLens", { textDocument: { uri } })).length === 0;
  let off = await isOff();
  for (let tries = 0; !off && tries < 100; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    off = await isOff();
  }
  assert.ok(off, "lenses are still there five seconds after they were turned off");
  assert.deepEqual(await client.request("textDocument/inlayHint", { textDocument: { uri }, range: range(0, 0, 20, 0) }), []);
  await client.stop();
});

test("explain and timeline", async () => {
  const client = await session();
  const uri = client.open("a.js", SOURCE);
  const run = (command, argument) => client.request("workspace/executeCommand", { command, arguments: [argument] });
  const page = await run("asyncport.explain", "floating-promise");
  assert.match(page.markdown, /^# A promise that nobody waits for/);
  assert.deepEqual(client.messages, []);
  await run("asyncport.explain", { id: "floating-promise", show: true });
  assert.equal(client.messages.length, 1);
  const text = await run("asyncport.timeline", { uri });
  assert.ok(text.text.includes("main"), text.text);
  const svg = await run("asyncport.timeline", { uri, format: "svg" });
  assert.match(svg.text, /^<svg/);
  await assert.rejects(run("asyncport.timeline", { uri, format: "png" }), (error) => error.code === rpc.ErrorCodes.InvalidParams);
  await client.stop();
});

test("grading says which criteria are met, and where", async () => {
  const client = await session();
  const uri = client.open("answer.py", "async def load_config_and_user(user_id):\n    config = load_config()\n    user = await fetch_user(user_id)\n    return {\"config\": config, \"user\": user}\n");
  const grade = (argument) => client.request("workspace/executeCommand", { command: "asyncport.grade", arguments: [{ uri, ...argument }] });
  let ids = "";
  await assert.rejects(grade({ exercise: "no-such" }), (error) => ((ids = error.message), error.code === rpc.ErrorCodes.InvalidParams));
  let judged = 0;
  for (const exercise of ids.replace("the exercises are: ", "").split(", ")) {
    const verdict = await grade({ exercise }).catch((error) => assert.match(error.message, /its answer is JavaScript/));
    if (!verdict) continue;
    judged += 1;
    assert.equal(verdict.passed, false, exercise);
    assert.ok(verdict.criteria.length > 0);
    for (const { feedback } of verdict.criteria) for (const { range: at } of feedback) if (at) assert.ok(at.start.line < 5);
  }
  assert.ok(judged > 0, ids);
  await client.stop();
});
