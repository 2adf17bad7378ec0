// The VS Code extension under a stub of the module `vscode`, against the real server. Environment as for neovim.lua.
// What the stub does not have, the extension may not use: every access to it is an error. The extension is the one that
// package.sh packs into a .vsix, taken out of it again.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Module from "node:module";

const require = createRequire(import.meta.url);
const { ASYNCPORT, ASYNCPORT_ROOT, FOLDER } = process.env;
const ok = (what) => console.log(`ok: ${what}`);

class Position {
  constructor(line, character) {
    Object.assign(this, { line, character });
  }
}
class Range {
  constructor(start, end) {
    Object.assign(this, { start, end });
  }
}
class Uri {
  static parse(text) {
    const [, scheme, path] = /^([^:]+):(?:\/\/)?([^?]*)/.exec(text);
    return Object.assign(new Uri(), { text, scheme, path });
  }
  toString() {
    return this.text;
  }
}
class Diagnostic {
  constructor(range, message, severity) {
    Object.assign(this, { range, message, severity });
  }
}
class WorkspaceEdit {
  steps = [];
  replace(uri, range, text) {
    this.steps.push({ uri: uri.toString(), range, text });
  }
  createFile(uri) {
    this.steps.push({ create: uri.toString() });
  }
}
class EventEmitter {
  listeners = [];
  event = (listener) => {
    this.listeners.push(listener);
    return { dispose: () => (this.listeners = this.listeners.filter((one) => one !== listener)) };
  };
  fire(value) {
    this.listeners.forEach((listener) => listener(value));
  }
}
const record = (...names) =>
  class {
    constructor(...values) {
      names.forEach((name, i) => (this[name] = values[i]));
    }
  };

const events = {};
const event = (name) => (events[name] ??= new EventEmitter()).event;
const providers = {};
const commands = {};
const collection = new Map();
const shown = [];
const problems = [];
const applied = [];
const contents = {};
let configuration = { path: ASYNCPORT, debounce: 0 };

class Document {
  constructor(uri, languageId, text) {
    Object.assign(this, { uri: Uri.parse(uri), languageId, text, version: 1 });
  }
  getText() {
    return this.text;
  }
  offset({ line, character }) {
    return this.text.split("\n").slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character;
  }
  edit(range, text) {
    this.text = this.text.slice(0, this.offset(range.start)) + text + this.text.slice(this.offset(range.end));
    this.version += 1;
    events.onDidChangeTextDocument.fire({ document: this, contentChanges: [{ range, text }] });
  }
}

const strict = (name, object) =>
  new Proxy(object, {
    get(target, key) {
      if (!(key in target) && typeof key === "string") throw new Error(`the stub has no ${name}.${key}`);
      return target[key];
    },
  });
const noop = { dispose() {} };
const document = new Document("file:///w/a.js", "javascript",
  'async function save(x) {\n  return x;\n}\n\nasync function main() {\n  const s = "😀"; save(1);\n  const [a, b] = await Promise.all([save(2), save(3)]);\n  console.log(s, a, b);\n}\n\nawait main();\n');
const editor = { document, selection: new Range(new Position(0, 0), new Position(2, 1)), visibleRanges: [new Range(new Position(4, 0), new Position(9, 0))] };
const other = { document: null, revealed: [], revealRange: (range) => other.revealed.push(range.start.line) };
const vscode = strict("vscode", {
  version: "1.82.0",
  Position, Range, Uri, Diagnostic, WorkspaceEdit, EventEmitter,
  Location: record("uri", "range"),
  DiagnosticRelatedInformation: record("location", "message"),
  CodeAction: record("title", "kind"),
  CodeActionKind: record("value"),
  CodeLens: record("range", "command"),
  InlayHint: record("position", "label"),
  Hover: record("contents", "range"),
  MarkdownString: record("value"),
  DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
  ViewColumn: { Beside: -2 },
  TextEditorRevealType: { AtTop: 3 },
  languages: strict("languages", {
    createDiagnosticCollection: () => ({ set: (uri, list) => collection.set(uri.toString(), list), clear: () => collection.clear(), dispose() {} }),
    registerHoverProvider: (_, provider) => ((providers.hover = provider), noop),
    registerCodeActionsProvider: (_, provider) => ((providers.actions = provider), noop),
    registerCodeLensProvider: (_, provider) => ((providers.lens = provider), noop),
    registerInlayHintsProvider: (_, provider) => ((providers.hints = provider), noop),
    setTextDocumentLanguage: async (one, languageId) => Object.assign(one, { languageId }),
  }),
  workspace: strict("workspace", {
    textDocuments: [document],
    getConfiguration: () => ({ ...configuration, get: (key) => configuration[key], has() {}, inspect() {}, update() {} }),
    createFileSystemWatcher: () => ({ onDidCreate: () => noop, onDidChange: () => noop, onDidDelete: () => noop, dispose() {} }),
    applyEdit: async (edit) => (applied.push(edit), true),
    openTextDocument: async (what) => {
      if (!(what instanceof Uri)) return { ...what, uri: Uri.parse("untitled:x") };
      const content = contents[what.scheme]?.provideTextDocumentContent(what) ?? "";
      return { uri: what, text: content };
    },
    registerTextDocumentContentProvider: (scheme, provider) => ((contents[scheme] = provider), noop),
    onDidOpenTextDocument: event("onDidOpenTextDocument"),
    onDidChangeTextDocument: event("onDidChangeTextDocument"),
    onDidCloseTextDocument: event("onDidCloseTextDocument"),
    onDidSaveTextDocument: event("onDidSaveTextDocument"),
    onDidChangeConfiguration: event("onDidChangeConfiguration"),
  }),
  window: strict("window", {
    activeTextEditor: editor,
    visibleTextEditors: [editor, other],
    createOutputChannel: () => ({ appendLine: (line) => process.env.VERBOSE && console.log(line), dispose() {} }),
    showErrorMessage: async (text) => void problems.push(text),
    showWarningMessage: async (text) => void problems.push(text),
    showInputBox: async () => "floating-promise",
    showTextDocument: async (one) => (shown.push(one), { document: one }),
    onDidChangeTextEditorVisibleRanges: event("onDidChangeTextEditorVisibleRanges"),
  }),
  commands: strict("commands", { registerCommand: (name, run) => ((commands[name] = run), noop) }),
});
const load = Module._load;
Module._load = (name, ...rest) => (name === "vscode" ? vscode : load(name, ...rest));

async function until(what, condition) {
  const end = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`nothing happened: ${what} ${problems}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
const found = () => collection.get("file:///w/a.js") ?? [];
const floating = () => found().find((one) => one.code.value === "floating-promise");

// What Visual Studio Code looks for in a .vsix.
const packed = `${FOLDER}/asyncport.vsix`;
const pack = (out) => execFileSync(`${ASYNCPORT_ROOT}/editors/vscode/package.sh`, [out], { encoding: "utf8" });
pack(packed);
pack(`${packed}.again`);
assert.ok(readFileSync(packed).equals(readFileSync(`${packed}.again`)), "packing twice gives the same bytes");
execFileSync("python3", ["-m", "zipfile", "-e", packed, `${FOLDER}/vsix`]);
const unpacked = (name) => readFileSync(`${FOLDER}/vsix/${name}`, "utf8");
const manifestXml = unpacked("extension.vsixmanifest");
for (const [, path] of manifestXml.matchAll(/<Asset [^>]*Path="([^"]+)"/g)) {
  assert.ok(existsSync(`${FOLDER}/vsix/${path}`), `${path} is in the package`);
}
const packedManifest = JSON.parse(unpacked("extension/package.json"));
assert.ok(existsSync(`${FOLDER}/vsix/extension/${packedManifest.main}`));
assert.match(manifestXml, new RegExp(`Id="asyncport" Version="${packedManifest.version.replaceAll(".", "\\.")}"`));
execFileSync("python3", ["-c", "import sys, xml.dom.minidom as x; [x.parse(f) for f in sys.argv[1:]]",
  `${FOLDER}/vsix/extension.vsixmanifest`, `${FOLDER}/vsix/[Content_Types].xml`]);
ok("it is packed into a .vsix, the same bytes each time");

const extension = require(`${FOLDER}/vsix/extension/extension.js`);
const subscriptions = [];
await extension.activate({ subscriptions });
await until("diagnostics", floating);
assert.equal(floating().range.start.line, 5);
assert.equal(floating().severity, 1);
ok("it activates out of the package, and diagnostics appear");

const manifest = require(`${ASYNCPORT_ROOT}/editors/vscode/package.json`);
assert.deepEqual(manifest.contributes.commands.map((one) => one.command).sort(), Object.keys(commands).sort());
ok("every command of the manifest is there");

document.edit(new Range(new Position(0, 0), new Position(0, 0)), "// 😀 one line more\n");
await until("moved diagnostics", () => floating()?.range.start.line === 6);
ok("edits update them");

const actions = await providers.actions.provideCodeActions(document, floating().range, {});
const fix = actions.find((action) => action.isPreferred);
for (const { range, text } of fix.edit.steps) document.edit(range, text);
assert.ok(document.text.includes("await save(1)"));
await until("the mended line", () => !floating());
const translate = actions.find((action) => action.title === "Translate the file to Python");
assert.equal(translate.edit, undefined);
const fresh = (await providers.actions.provideCodeActions(document, fix.diagnostics[0].range, {})).find((action) => action.title === translate.title);
const resolved = await providers.actions.resolveCodeAction(fresh);
assert.equal(resolved.edit.steps[0].create, "file:///w/a.py");
ok("quick fixes apply, actions resolve");

const hover = await providers.hover.provideHover(document, new Position(7, 28));
assert.match(hover.contents.value, /asyncio\.gather/);
assert.ok((await providers.lens.provideCodeLenses(document)).some((lens) => /waits for/.test(lens.command.title)));
assert.equal((await providers.hints.provideInlayHints(document, new Range(new Position(0, 0), new Position(20, 0)))).length, 1);
ok("hover, lenses and hints");

await commands["asyncport.preview"]();
const preview = shown.at(-1);
assert.equal(preview.uri.scheme, "asyncport-preview");
assert.match(preview.text, /async def main\(\):/);
let text = "";
contents["asyncport-preview"].onDidChange((uri) => (text = contents["asyncport-preview"].provideTextDocumentContent(uri)));
document.edit(new Range(new Position(11, 0), new Position(11, 0)), "console.log('later');\n");
await until("the preview", () => text.includes("later"));
other.document = preview;
events.onDidChangeTextEditorVisibleRanges.fire({ textEditor: editor });
assert.equal(text.split("\n")[other.revealed.at(-1)].trim().length > 0, true);
ok("the preview follows edits and scrolling");

await commands["asyncport.translate"]();
await until("the new file", () => applied.length === 1);
assert.equal(applied[0].steps[0].create, "file:///w/a.py");
await commands["asyncport.translateSelection"]();
assert.match(shown.at(-1).content, /^async def save\(x\):/m);
await commands["asyncport.explain"]();
assert.equal(shown.at(-1).languageId, "markdown");
await commands["asyncport.timeline"]();
assert.match(shown.at(-1).uri.toString(), /timeline/);
ok("the commands");

configuration = { ...configuration, select: ["await-in-loop"] };
events.onDidChangeConfiguration.fire({ affectsConfiguration: () => true });
await until("the new settings", () => found().length === 0);
await commands["asyncport.restart"]();
events.onDidCloseTextDocument.fire(document);
await extension.deactivate();
assert.deepEqual(problems, []);
ok("settings, restart and the end");
console.log("done");
