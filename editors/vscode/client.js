// The language server's process and its messages. Knows nothing of VS Code.
// Example: const client = new Client("asyncport", ["lsp"], log); await client.request("initialize", {...});
"use strict";
const { spawn } = require("node:child_process");

class Client {
  constructor(command, args, log) {
    this.log = log;
    this.next = 1;
    this.waiting = new Map();
    this.handlers = new Map();
    this.bytes = Buffer.alloc(0);
    this.running = true;
    this.child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"] });
    this.child.stdout.on("data", (data) => this.take(data));
    this.child.stderr.on("data", (data) => log(String(data).trimEnd()));
    this.child.stdin.on("error", () => {});
    this.child.on("error", (error) => this.end(`it does not start: ${error.message}`));
    this.child.on("close", (code) => this.end(`it ended with code ${code}`));
  }

  // `handle(params)` answers a request of the server's, or takes a notification.
  on(method, handle) {
    this.handlers.set(method, handle);
  }

  end(why) {
    if (!this.running) return;
    this.running = false;
    for (const { reject } of this.waiting.values()) reject(new Error(`asyncport: ${why}`));
    this.waiting.clear();
    this.onEnd?.(why);
  }

  take(data) {
    this.bytes = Buffer.concat([this.bytes, data]);
    for (;;) {
      const end = this.bytes.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.bytes.subarray(0, end).toString())?.[1]);
      if (this.bytes.length < end + 4 + length) return;
      const text = this.bytes.subarray(end + 4, end + 4 + length).toString("utf8");
      this.bytes = this.bytes.subarray(end + 4 + length);
      this.receive(JSON.parse(text));
    }
  }

  async receive(message) {
    if (message.method === undefined) {
      const waiter = this.waiting.get(message.id);
      this.waiting.delete(message.id);
      if (!waiter) return;
      if (message.error) waiter.reject(Object.assign(new Error(message.error.message), { code: message.error.code }));
      else waiter.resolve(message.result);
      return;
    }
    const handle = this.handlers.get(message.method);
    if (message.id === undefined) {
      handle?.(message.params);
      return;
    }
    const answer = { jsonrpc: "2.0", id: message.id };
    try {
      if (!handle) answer.error = { code: -32601, message: `no handler for ${message.method}` };
      else answer.result = (await handle(message.params)) ?? null;
    } catch (error) {
      answer.error = { code: -32603, message: String(error?.message ?? error) };
    }
    this.send(answer);
  }

  send(message) {
    if (!this.running) return;
    const body = Buffer.from(JSON.stringify(message));
    this.child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.child.stdin.write(body);
  }

  notify(method, params) {
    this.send({ jsonrpc: "2.0", method, params });
  }

  // `token`: one of VS Code's, by which the request is taken back.
  request(method, params, token) {
    if (!this.running) return Promise.reject(new Error("asyncport: the language server does not run"));
    const id = this.next++;
    const answered = new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    token?.onCancellationRequested?.(() => this.notify("$/cancelRequest", { id }));
    this.send({ jsonrpc: "2.0", id, method, params });
    return answered;
  }

  async stop() {
    if (!this.running) return;
    const late = setTimeout(() => this.child.kill(), 2000);
    try {
      await this.request("shutdown");
      this.notify("exit");
    } catch {
      this.child.kill();
    }
    await new Promise((resolve) => (this.running ? this.child.on("close", resolve) : resolve()));
    clearTimeout(late);
  }
}

module.exports = { Client };
