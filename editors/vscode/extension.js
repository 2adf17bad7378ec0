// asyncport in VS Code: starts the language server, shows what it says, and keeps a live translation beside a file.
// Without dependencies, so that the package holds nothing but these files.
"use strict";
const vscode = require("vscode");
const { Client } = require("./client.js");
const convert = require("./convert.js");
const { Preview, SCHEME } = require("./preview.js");

const LANGUAGES = ["javascript", "javascriptreact", "python"];
const SELECTOR = LANGUAGES.map((language) => ({ language }));
const CAPABILITIES = {
  general: { positionEncodings: ["utf-16"] },
  workspace: {
    applyEdit: true,
    configuration: true,
    workspaceEdit: { documentChanges: true, resourceOperations: ["create"] },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
  textDocument: {
    publishDiagnostics: { versionSupport: true, relatedInformation: true, codeDescriptionSupport: true, tagSupport: { valueSet: [1, 2] } },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "refactor", "source"] } },
      isPreferredSupport: true,
      dataSupport: true,
      resolveSupport: { properties: ["edit"] },
    },
    hover: { contentFormat: ["markdown"] },
    codeLens: {},
    inlayHint: {},
  },
  window: { showDocument: { support: true } },
};

let session; // of the running server

function isOurs(document) {
  return LANGUAGES.includes(document.languageId) && document.uri.scheme !== SCHEME;
}

function settings() {
  const { path: _, ...rest } = vscode.workspace.getConfiguration("asyncport");
  return JSON.parse(JSON.stringify(rest, (key, value) => (typeof value === "function" ? undefined : value)));
}

class Session {
  constructor(output) {
    this.output = output;
    this.diagnostics = vscode.languages.createDiagnosticCollection("asyncport");
    this.preview = new Preview((uri) => this.request("asyncport/translation", { textDocument: { uri } }));
    this.pages = new Map();
    this.disposables = [this.diagnostics];
  }

  request(method, params, token) {
    return this.client.request(method, params, token);
  }

  execute(command, argument) {
    return this.request("workspace/executeCommand", { command, arguments: [argument] });
  }

  async start() {
    const program = vscode.workspace.getConfiguration("asyncport").get("path") || "asyncport";
    this.client = new Client(program, ["lsp"], (text) => this.output.appendLine(text));
    this.client.onEnd = (why) => {
      this.diagnostics.clear();
      this.output.appendLine(`the language server: ${why}`);
      if (!this.stopping) vscode.window.showErrorMessage(`asyncport: the language server ${why}`);
    };
    this.client.on("textDocument/publishDiagnostics", ({ uri, version, diagnostics }) => {
      const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
      if (open && version !== undefined && open.version !== version) return;
      this.diagnostics.set(vscode.Uri.parse(uri), diagnostics.map(convert.diagnostic));
    });
    this.client.on("workspace/configuration", ({ items }) => items.map(() => settings()));
    this.client.on("workspace/applyEdit", async ({ edit }) => ({ applied: await vscode.workspace.applyEdit(convert.workspaceEdit(edit)) }));
    this.client.on("window/showDocument", async ({ uri }) => {
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(vscode.Uri.parse(uri)));
      return { success: true };
    });
    this.client.on("window/logMessage", ({ message }) => this.output.appendLine(message));
    // The pages of lessons are shown by the command below.
    this.client.on("window/showMessage", () => {});
    this.client.on("client/registerCapability", ({ registrations }) => this.watch(registrations));
    await this.request("initialize", {
      processId: process.pid,
      clientInfo: { name: "VS Code", version: vscode.version },
      rootUri: null,
      capabilities: CAPABILITIES,
      initializationOptions: settings(),
    });
    this.client.notify("initialized", {});
    vscode.workspace.textDocuments.forEach((document) => this.opened(document));
    this.listen();
  }

  watch(registrations) {
    for (const { method, registerOptions } of registrations) {
      if (method !== "workspace/didChangeWatchedFiles") continue;
      for (const { globPattern } of registerOptions.watchers) {
        const watcher = vscode.workspace.createFileSystemWatcher(globPattern);
        const tell = (type) => (uri) =>
          this.client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uri.toString(), type }] });
        this.disposables.push(watcher, watcher.onDidCreate(tell(1)), watcher.onDidChange(tell(2)), watcher.onDidDelete(tell(3)));
      }
    }
  }

  opened(document) {
    if (!isOurs(document)) return;
    const { uri, languageId, version } = document;
    this.client.notify("textDocument/didOpen", { textDocument: { uri: uri.toString(), languageId, version, text: document.getText() } });
  }

  changed({ document, contentChanges }) {
    if (!isOurs(document) || contentChanges.length === 0) return;
    const uri = document.uri.toString();
    this.client.notify("textDocument/didChange", {
      textDocument: { uri, version: document.version },
      contentChanges: contentChanges.map(({ range, text }) => ({ range: convert.plainRange(range), text })),
    });
    this.preview.update(uri).catch((error) => this.output.appendLine(error.message));
  }

  closed(document) {
    if (!isOurs(document)) return;
    const uri = document.uri.toString();
    this.preview.close(uri);
    this.client.notify("textDocument/didClose", { textDocument: { uri } });
  }

  listen() {
    const { workspace, languages, window } = vscode;
    const of = (document) => ({ uri: document.uri.toString() });
    this.disposables.push(
      workspace.onDidOpenTextDocument((document) => this.opened(document)),
      workspace.onDidChangeTextDocument((event) => this.changed(event)),
      workspace.onDidCloseTextDocument((document) => this.closed(document)),
      workspace.onDidSaveTextDocument((document) => isOurs(document) && this.client.notify("textDocument/didSave", { textDocument: of(document) })),
      workspace.onDidChangeConfiguration((event) =>
        event.affectsConfiguration("asyncport") && this.client.notify("workspace/didChangeConfiguration", { settings: null })),
      window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.preview.scrolled(textEditor)),
      workspace.registerTextDocumentContentProvider(SCHEME, this.preview),
      workspace.registerTextDocumentContentProvider("asyncport", { provideTextDocumentContent: (uri) => this.pages.get(uri.toString()) ?? "" }),
      languages.registerHoverProvider(SELECTOR, {
        provideHover: async (document, position, token) => {
          const hover = await this.request("textDocument/hover", { textDocument: of(document), position: convert.plainPosition(position) }, token);
          return hover && new vscode.Hover(new vscode.MarkdownString(hover.contents.value), convert.range(hover.range));
        },
      }),
      languages.registerCodeActionsProvider(SELECTOR, {
        provideCodeActions: async (document, range, context, token) => {
          const items = await this.request("textDocument/codeAction", {
            textDocument: of(document),
            range: convert.plainRange(range),
            context: { diagnostics: [], only: context.only ? [context.only.value] : undefined },
          }, token);
          return items.map(convert.codeAction);
        },
        resolveCodeAction: async (action, token) => {
          if (action.edit || !action.item.data) return action;
          const resolved = await this.request("codeAction/resolve", action.item, token);
          action.edit = convert.workspaceEdit(resolved.edit);
          return action;
        },
      }),
      languages.registerCodeLensProvider(SELECTOR, {
        provideCodeLenses: async (document, token) =>
          (await this.request("textDocument/codeLens", { textDocument: of(document) }, token)).map(
            (lens) => new vscode.CodeLens(convert.range(lens.range), convert.command(lens.command))),
      }),
      languages.registerInlayHintsProvider(SELECTOR, {
        provideInlayHints: async (document, range, token) =>
          (await this.request("textDocument/inlayHint", { textDocument: of(document), range: convert.plainRange(range) }, token)).map((item) => {
            const hint = new vscode.InlayHint(convert.position(item.position), item.label);
            hint.paddingLeft = item.paddingLeft;
            hint.tooltip = item.tooltip;
            return hint;
          }),
      }),
    );
  }

  async page(name, text, languageId) {
    const uri = vscode.Uri.parse(`asyncport:/${name}`);
    this.pages.set(uri.toString(), text);
    let document = await vscode.workspace.openTextDocument(uri);
    if (languageId) document = await vscode.languages.setTextDocumentLanguage(document, languageId);
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
  }

  async stop() {
    this.stopping = true;
    this.disposables.forEach((disposable) => disposable.dispose());
    await this.client?.stop();
  }
}

// The document that a command is about: its argument's, else that of the editor at hand.
function uriOf(argument) {
  const uri = argument?.uri ?? vscode.window.activeTextEditor?.document.uri.toString();
  if (!uri) throw new Error("there is no file to work on");
  return String(uri);
}

const commands = {
  "asyncport.translate": (argument) => session.execute("asyncport.translate", { uri: uriOf(argument) }),
  "asyncport.translateSelection": async (argument) => {
    const range = argument?.range ?? convert.plainRange(vscode.window.activeTextEditor.selection);
    const result = await session.execute("asyncport.translateSelection", { uri: uriOf(argument), range, target: "text" });
    if (result.text === null) return vscode.window.showWarningMessage("asyncport: the file does not parse");
    const document = await vscode.workspace.openTextDocument({ language: result.languageId, content: result.text });
    return vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside });
  },
  "asyncport.preview": () => session.preview.show(vscode.window.activeTextEditor.document),
  "asyncport.explain": async (argument) => {
    const id = argument?.id ?? (await vscode.window.showInputBox({ prompt: "Id of the lesson, such as floating-promise" }));
    if (!id) return undefined;
    const page = await session.execute("asyncport.explain", { id });
    return session.page(`${page.id}.md`, page.markdown, "markdown");
  },
  "asyncport.timeline": async (argument) => {
    const drawn = await session.execute("asyncport.timeline", { uri: uriOf(argument) });
    if (drawn.text === null) return vscode.window.showWarningMessage("asyncport: the file does not parse");
    return session.page("timeline.txt", drawn.text);
  },
};

async function activate(context) {
  const output = vscode.window.createOutputChannel("asyncport");
  const restart = async () => {
    await session?.stop();
    session = new Session(output);
    await session.start();
  };
  const report = (run) => async (...args) => {
    try {
      return await run(...args);
    } catch (error) {
      output.appendLine(error.message);
      return vscode.window.showErrorMessage(error.message);
    }
  };
  context.subscriptions.push(output);
  for (const [name, run] of Object.entries({ ...commands, "asyncport.restart": restart })) {
    context.subscriptions.push(vscode.commands.registerCommand(name, report(run)));
  }
  await report(restart)();
}

async function deactivate() {
  await session?.stop();
  session = undefined;
}

module.exports = { activate, deactivate };
