// The translation beside the file: a read-only document that follows the edits, and scrolls with the file by the line
// map.
"use strict";
const vscode = require("vscode");

const SCHEME = "asyncport-preview";

class Preview {
  // `translate(uri)` gives the answer to asyncport/translation.
  constructor(translate) {
    this.translate = translate;
    this.changed = new vscode.EventEmitter();
    this.onDidChange = this.changed.event;
    this.shown = new Map(); // uri of the source -> { target, text, lineMap, busy, again }
  }

  targetOf(source) {
    const name = source.path.replace(/\.[^./]*$/, "");
    return vscode.Uri.parse(`${SCHEME}:${name}${/\.pyi?$/.test(source.path) ? ".js" : ".py"}?${encodeURIComponent(source.toString())}`);
  }

  provideTextDocumentContent(target) {
    const wanted = target.toString();
    for (const entry of this.shown.values()) if (entry.target.toString() === wanted) return entry.text;
    return "";
  }

  async show(document) {
    const key = document.uri.toString();
    if (!this.shown.has(key)) this.shown.set(key, { target: this.targetOf(document.uri), text: "" });
    await this.update(key);
    const entry = this.shown.get(key);
    const target = await vscode.workspace.openTextDocument(entry.target);
    await vscode.window.showTextDocument(target, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: false });
  }

  // One request at a time: the last text wins.
  async update(key) {
    const entry = this.shown.get(key);
    if (!entry) return;
    if (entry.busy) {
      entry.again = true;
      return;
    }
    entry.busy = true;
    try {
      do {
        entry.again = false;
        const { text, lineMap } = await this.translate(key);
        // Of a text that does not parse the last translation stays.
        if (text === null) continue;
        entry.lineMap = lineMap;
        if (text === entry.text) continue;
        entry.text = text;
        this.changed.fire(entry.target);
      } while (entry.again);
    } finally {
      entry.busy = false;
    }
  }

  close(key) {
    this.shown.delete(key);
  }

  // The line of the other text that stands for `line`, or for the nearest one above that has a counterpart.
  static counterpart(lines, line) {
    for (let i = Math.min(line, lines.length - 1); i >= 0; --i) if (lines[i] !== null) return lines[i];
    return 0;
  }

  scrolled(editor) {
    const key = editor.document.uri.toString();
    const entry = this.shown.get(key);
    const first = editor.visibleRanges[0]?.start.line;
    if (!entry?.lineMap || first === undefined) return;
    const other = vscode.window.visibleTextEditors.find((one) => one.document.uri.toString() === entry.target.toString());
    if (!other) return;
    const line = Preview.counterpart(entry.lineMap.targetOfSource, first);
    other.revealRange(new vscode.Range(new vscode.Position(line, 0), new vscode.Position(line, 0)), vscode.TextEditorRevealType.AtTop);
  }
}

module.exports = { Preview, SCHEME };
