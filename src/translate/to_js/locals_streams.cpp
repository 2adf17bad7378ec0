// The local definitions about sockets, pipes and processes. Lines marked `//?word` are explained in locals_async.cpp.
// Example: `await reader.readline()` -> `await reader.readline()` of a StreamReader that gathers the chunks of a socket.
#include "translate/to_js/quote.h"

namespace asyncport::translate::to_js {

namespace {

constexpr LocalDefinition kLocals[] = {
    {"startProcess", R"(
async function startProcess([program, ...args], options) {
  const child = spawn(program, args, options);
  await once(child, "spawn");
  return child;
})",
     ""},
    {"StreamReader", R"(
class StreamReader {
  #data = Buffer.alloc(0);
  #ended = false;
  #waiting = [];

  constructor(stream) {
    stream?.on("data", (chunk) => this.feedData(chunk));
    stream?.on("end", () => this.feedEof());
    stream?.on("error", () => this.feedEof());
  }

  feedData(data) {
    this.#data = Buffer.concat([this.#data, Buffer.from(data)]);
    this.#wake();
  }

  feedEof() {
    this.#ended = true;
    this.#wake();
  }

  atEof() {
    return this.#ended && this.#data.length === 0;
  }

  async read(count = -1, signal) {
    while (!this.#ended && (count < 0 || this.#data.length === 0)) await waitIn(this.#waiting, signal);
    return this.#take(count < 0 ? this.#data.length : count);
  }

  async readexactly(count, signal) {
    while (!this.#ended && this.#data.length < count) await waitIn(this.#waiting, signal);
    if (this.#data.length < count) throw new IncompleteReadError(`${this.#data.length} bytes read on a total of ${count} expected bytes`);
    return this.#take(count);
  }

  async readuntil(separator = "\n", signal) {
    const line = await this.#until(separator, signal);
    if (!line.includes(separator)) throw new IncompleteReadError(`${line.length} bytes read on a total of undefined expected bytes`);
    return line;
  }

  async readline(signal) {
    return this.#until("\n", signal);
  }

  async *[Symbol.asyncIterator]() {
    for (let line = await this.readline(); line.length > 0; line = await this.readline()) yield line;
  }

  async #until(separator, signal) {
    while (!this.#ended && !this.#data.includes(separator)) await waitIn(this.#waiting, signal);
    const end = this.#data.indexOf(separator);
    return this.#take(end === -1 ? this.#data.length : end + separator.length);
  }

  #take(count) {
    const taken = this.#data.subarray(0, count);
    this.#data = this.#data.subarray(count);
    return taken;
  }

  #wake() {
    for (const wake of this.#waiting.splice(0)) wake();
  }
})",
     "", "waitIn"},
    {"readerOf", R"(
const readers = new WeakMap();
function readerOf(stream) {
  if (!readers.has(stream)) readers.set(stream, new StreamReader(stream));
  return readers.get(stream);
}
)",
     "", "StreamReader"},
    {"startServer", R"(
async function startServer(handle, host, port) {
  const server = createServer({ allowHalfOpen: true }, async (socket) => {
    try {
      await handle(new StreamReader(socket), socket);
    } catch (err) {
      console.error(err);
    }
  });
  server.listen(port, host ?? undefined);
  await once(server, "listening");
  return server;
})",
     "", "StreamReader"},
    {"openConnection", R"(
async function openConnection(host, port) {
  const socket = connect({ host, port, allowHalfOpen: true });
  await once(socket, "connect");
  return [new StreamReader(socket), socket];
})",
     "", "StreamReader"},
    {"drained", R"(
async function drained(socket) {
  if (socket.writableNeedDrain) await once(socket, "drain");
})",
     ""},
    {"closed", R"(
async function closed(stream) {
  if (!stream.closed && stream.listening !== false) await once(stream, "close");
})",
     ""},
    {"exitCodeOf", R"(
async function exitCodeOf(child) {
  if (child.exitCode === null) await once(child, "exit");
  return child.exitCode;
})",
     ""},
    {"communicate", R"(
async function communicate(child, input) {
  child.stdin?.end(input);
  const [stdout, stderr] = await Promise.all([
    child.stdout && buffer(child.stdout),
    child.stderr && buffer(child.stderr),
    exitCodeOf(child),
  ]);
  return [stdout, stderr];
})",
     "", "exitCodeOf"},
};

}  // namespace

std::span<const LocalDefinition> StreamLocals() { return kLocals; }

}  // namespace asyncport::translate::to_js
