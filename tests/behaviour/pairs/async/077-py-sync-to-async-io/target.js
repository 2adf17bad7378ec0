import { readFile } from "node:fs/promises";

async function loadBadge(guestId) {
  try {
    const text = await readFile(`badge-${guestId}.txt`, "utf8");
    return text.trim();
  } catch (err) {
    if (err.code !== "ENOENT") throw err;
    return `visitor ${guestId}`;
  }
}

function labelFor(badge) {
  return `badge text: ${badge}`;
}

async function printLabel(guestId) {
  const badge = await loadBadge(guestId);
  return labelFor(badge);
}

console.log(await printLabel(4));
