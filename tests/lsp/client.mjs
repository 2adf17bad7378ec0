// A language client for the tests: the protocol stack of VS Code on the server's streams, and the raw streams for what
// no client would send. Example: const c = await Client.start(); await c.initialize(); c.open("a.js", "f();");
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { after } from "node:test";

const require = createRequire(`${process.env.ASYNCPORT_LSP_TOOLS}/index.js`);
export const rpc = require("vscode-jsonrpc/node");
export const types = require("vscode-languageserver-types");

const SERVER = process.env.ASYNCPORT;
const started = [];
// A test that failed has left its server running, which would keep the runner waiting.
after(() => started.forEach((child) => child.kill()));

function startServer(args) {
  const child = spawn(SERVER, ["lsp", ...args], { stdio: ["pipe", "pipe", "pipe"] });
  started.push(child);
  return child;
}
export const LIMIT_MS = Number(process.env.ASYNCPORT_LSP_LIMIT_MS ?? 30_000);

export function within(promise, what, ms = LIMIT_MS) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing within ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export function uriOf(name) {
  return `file:///nowhere/${name}`;
}

// What a rich client can do; tests take parts away.
export function capabilities() {
  return {
    general: { positionEncodings: ["utf-16"] },
    workspace: {
      applyEdit: true,
      configuration: true,
      workspaceEdit: { documentChanges: true, resourceOperations: ["create"] },
      didChangeWatchedFiles: { dynamicRegistration: true },
    },
    textDocument: {
      publishDiagnostics: {
        versionSupport: true,
        relatedInformation: true,
        codeDescriptionSupport: true,
        dataSupport: true,
        tagSupport: { valueSet: [1, 2] },
      },
      codeAction: {
        codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "refactor", "source"] } },
        isPreferredSupport: true,
        dataSupport: true,
        resolveSupport: { properties: ["edit"] },
      },
      hover: { contentFormat: ["markdown", "plaintext"] },
      codeLens: {},
      inlayHint: {},
    },
    window: { workDoneProgress: true, showDocument: { support: true } },
  };
}

export class Client {
  static start(args = []) {
    return new Client(startServer(args));
  }

  constructor(child) {
    this.child = child;
    this.stderr = "";
    this.published = [];
    this.waiters = [];
    this.edits = [];
    this.configuration = {};
    this.asked = [];
    child.stderr.on("data", (data) => (this.stderr += data));
    child.stdin.on("error", () => {});
    this.exited = new Promise((resolve) => child.on("close", (code, signal) => resolve(code ?? signal)));
    this.connection = rpc.createMessageConnection(
      new rpc.StreamMessageReader(child.stdout),
      new rpc.StreamMessageWriter(child.stdin),
      { error: (text) => (this.stderr += text), warn() {}, info() {}, log() {} },
    );
    this.connection.onNotification("textDocument/publishDiagnostics", (params) => {
      this.published.push(params);
      this.waiters = this.waiters.filter((waiter) => !waiter(params));
    });
    this.connection.onRequest("workspace/applyEdit", (params) => {
      this.edits.push(params);
      return { applied: true };
    });
    this.connection.onRequest("workspace/configuration", (params) => {
      this.asked.push("workspace/configuration");
      return params.items.map(() => this.configuration);
    });
    this.connection.onRequest("client/registerCapability", () => {
      this.asked.push("client/registerCapability");
      return null;
    });
    this.connection.onRequest("window/showDocument", (params) => {
      this.asked.push(`showDocument ${params.uri}`);
      return { success: true };
    });
    this.progress = [];
    this.connection.onNotification("$/progress", (params) => this.progress.push(params));
    this.connection.onNotification("window/logMessage", () => {});
    this.messages = [];
    this.connection.onNotification("window/showMessage", (params) => this.messages.push(params));
    this.connection.listen();
  }

  async initialize(wanted = capabilities(), extra = {}) {
    const params = { processId: process.pid, rootUri: null, capabilities: wanted, ...extra };
    this.server = await this.request("initialize", params);
    await this.notify("initialized", {});
    return this.server;
  }

  request(method, params, token) {
    const rest = [params, token].filter((part) => part !== undefined);
    return within(this.connection.sendRequest(method, ...rest), method);
  }

  notify(method, params) {
    return this.connection.sendNotification(method, params);
  }

  open(name, text, version = 1, languageId = name.endsWith(".py") ? "python" : "javascript") {
    const uri = uriOf(name);
    void this.notify("textDocument/didOpen", { textDocument: { uri, languageId, version, text } });
    return uri;
  }

  change(uri, version, ...contentChanges) {
    void this.notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges });
  }

  // The next published diagnostics of the document; with a version, those of it.
  diagnostics(uri, version) {
    const fits = (params) => params.uri === uri && (version === undefined || params.version === version);
    return within(
      new Promise((resolve) => {
        const before = this.published.find(fits);
        if (before && version !== undefined) return resolve(before.diagnostics);
        this.waiters.push((params) => fits(params) && (resolve(params.diagnostics), true));
      }),
      `diagnostics of ${uri}`,
    );
  }

  async stop() {
    await this.request("shutdown");
    void this.notify("exit");
    return within(this.exited, "exit");
  }

  kill() {
    this.child.kill();
    this.connection.dispose();
  }
}

export function position(line, character) {
  return { line, character };
}

export function range(startLine, startCharacter, endLine, endCharacter) {
  return { start: position(startLine, startCharacter), end: position(endLine, endCharacter) };
}

// Bytes in, parsed messages out: for streams that no client would make.
export class Raw {
  static start(args = []) {
    return new Raw(startServer(args));
  }

  constructor(child) {
    this.child = child;
    this.bytes = Buffer.alloc(0);
    this.messages = [];
    this.waiters = [];
    this.stderr = "";
    child.stdin.on("error", () => {});
    child.stderr.on("data", (data) => (this.stderr += data));
    this.exited = new Promise((resolve) => child.on("close", (code, signal) => resolve(code ?? signal)));
    child.stdout.on("data", (data) => this.take(data));
  }

  take(data) {
    this.bytes = Buffer.concat([this.bytes, data]);
    for (;;) {
      const end = this.bytes.indexOf("\r\n\r\n");
      if (end < 0) return;
      const header = this.bytes.subarray(0, end).toString();
      const match = /^Content-Length: (\d+)$/.exec(header);
      if (!match) throw new Error(`no header of the protocol: ${header}`);
      const length = Number(match[1]);
      if (this.bytes.length < end + 4 + length) return;
      const message = JSON.parse(this.bytes.subarray(end + 4, end + 4 + length).toString("utf8"));
      this.bytes = this.bytes.subarray(end + 4 + length);
      this.messages.push(message);
      this.waiters = this.waiters.filter((waiter) => !waiter(message));
    }
  }

  write(bytes) {
    this.child.stdin.write(bytes);
  }

  frame(message) {
    const text = typeof message === "string" ? message : JSON.stringify(message);
    return Buffer.concat([Buffer.from(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n`), Buffer.from(text)]);
  }

  send(message) {
    this.write(this.frame(message));
  }

  // The first message, past or to come, that fits.
  wait(fits, what) {
    const before = this.messages.find(fits);
    if (before) return Promise.resolve(before);
    return within(
      new Promise((resolve) => this.waiters.push((message) => fits(message) && (resolve(message), true))),
      what,
    );
  }

  answer(id) {
    return this.wait((message) => message.id === id && !message.method, `the answer to ${id}`);
  }

  initialize(wanted = {}) {
    this.send({ jsonrpc: "2.0", id: 0, method: "initialize", params: { processId: null, rootUri: null, capabilities: wanted } });
    return this.answer(0);
  }
}
