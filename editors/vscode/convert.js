// Between the protocol's values and those of VS Code.
"use strict";
const vscode = require("vscode");

const position = ({ line, character }) => new vscode.Position(line, character);
const range = ({ start, end }) => new vscode.Range(position(start), position(end));
const plainPosition = ({ line, character }) => ({ line, character });
const plainRange = ({ start, end }) => ({ start: plainPosition(start), end: plainPosition(end) });

const SEVERITIES = [
  vscode.DiagnosticSeverity.Error,
  vscode.DiagnosticSeverity.Error,
  vscode.DiagnosticSeverity.Warning,
  vscode.DiagnosticSeverity.Information,
  vscode.DiagnosticSeverity.Hint,
];

function diagnostic(item) {
  const out = new vscode.Diagnostic(range(item.range), item.message, SEVERITIES[item.severity]);
  out.source = item.source;
  out.code = item.codeDescription
    ? { value: item.code, target: vscode.Uri.parse(item.codeDescription.href) }
    : item.code;
  out.tags = item.tags;
  out.relatedInformation = item.relatedInformation?.map(
    ({ location, message }) =>
      new vscode.DiagnosticRelatedInformation(new vscode.Location(vscode.Uri.parse(location.uri), range(location.range)), message),
  );
  return out;
}

function workspaceEdit(edit) {
  const out = new vscode.WorkspaceEdit();
  const add = (uri, edits) => {
    for (const { range: at, newText } of edits) out.replace(vscode.Uri.parse(uri), range(at), newText);
  };
  for (const change of edit.documentChanges ?? []) {
    if (change.kind === "create") out.createFile(vscode.Uri.parse(change.uri), { ignoreIfExists: false });
    else add(change.textDocument.uri, change.edits);
  }
  for (const [uri, edits] of Object.entries(edit.changes ?? {})) add(uri, edits);
  return out;
}

function command({ title, command: name, arguments: args }) {
  return { title, command: name, arguments: args };
}

function codeAction(item) {
  const out = new vscode.CodeAction(item.title, new vscode.CodeActionKind(item.kind));
  out.isPreferred = item.isPreferred;
  out.diagnostics = item.diagnostics?.map(diagnostic);
  if (item.edit) out.edit = workspaceEdit(item.edit);
  if (item.command) out.command = command(item.command);
  out.item = item;
  return out;
}

module.exports = { position, range, plainPosition, plainRange, diagnostic, workspaceEdit, command, codeAction };
