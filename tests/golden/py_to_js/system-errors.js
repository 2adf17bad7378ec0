/** What the system refuses is told by its code; warnings are Node's own. */

import { readdir } from "node:fs/promises";

class Session {
  async open() {
    return this;
  }

  async close() {
    return null;
  }
}

async function kind(path) {
  try {
    return (await readdir(path)).length > 0;
  } catch (err) {
    if (err.code !== "ENOTDIR") throw err;
    return "a file";
  }
}

function receive(sock, size) {
  const chunks = [];
  try {
    chunks.push(sock.recv(size));
  } catch (err) {
    if (err.code !== "EAGAIN") throw err;
  }
  return Buffer.concat(chunks);
}

async function oldKind(path) {
  process.emitWarning("use kind()", "DeprecationWarning");
  return await kind(path);
}

console.log(await kind("/etc/passwd"));
