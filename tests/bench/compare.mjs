// How fast asyncport translates and checks beside tools that read the same files for other purposes: esbuild and swc (parse
// and print), ast-grep (parse and look for one pattern), Prettier and ruff's formatter. One process after another, the
// least of several rounds, all files read beforehand. Compares speeds, not work: none of the others translates.
//
//   npm install --prefix DIR esbuild @swc/core @ast-grep/napi prettier @astral-sh/ruff-wasm-nodejs
//   node tests/bench/compare.mjs --tools DIR --asyncport build/release/asyncport FILE...
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const ROUNDS = 5;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { tools: { type: "string" }, asyncport: { type: "string", default: "build/release/asyncport" } },
});
if (!values.tools || positionals.length === 0) {
  console.error("usage: node compare.mjs --tools DIR [--asyncport PROGRAM] FILE...");
  process.exit(2);
}
const load = createRequire(join(resolve(values.tools), "package.json"));
const program = resolve(values.asyncport);

const files = positionals.map((path) => ({ path: resolve(path), text: readFileSync(path, "utf8") }));
const isPython = (file) => file.path.endsWith(".py");

/** Milliseconds of the fastest round. */
async function fastest(work) {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    const own = await work();
    best = Math.min(best, own ?? performance.now() - start);
  }
  return best;
}

/** What asyncport says its phases took: without the start of the process and the writing of files. */
function translate(list, to, ...options) {
  const out = mkdtempSync(join(tmpdir(), "compare-"));
  try {
    const run = spawnSync(program, ["--to", to, "-j", "1", "--out-dir", out, "--timings", ...options, ...list.map((f) => f.path)], {
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    const at = (name) => Number(run.stderr.match(new RegExp(`^${name}\\s+([\\d.]+) ms`, "m"))?.[1] ?? NaN);
    return at("sum") - (at("write") || 0) - (at("read") || 0);
  } finally {
    rmSync(out, { recursive: true });
  }
}

/** A whole process: the start counts. */
const check = (list) => void spawnSync(program, ["check", "-j", "1", ...list.map((f) => f.path)], { maxBuffer: 1 << 28 });

const esbuild = load("esbuild");
const swc = load("@swc/core");
const astGrep = load("@ast-grep/napi");
const prettier = load("prettier");
const { Workspace } = load("@astral-sh/ruff-wasm-nodejs");
const ruff = new Workspace({ "line-length": 88 }, 0);
const each = (list, work) => async () => {
  for (const file of list) {
    try {
      await work(file.text);
    } catch {
      // What one of them does not read counts for the time that took.
    }
  }
};

const languages = {
  JavaScript: {
    list: files.filter((file) => !isPython(file)),
    rows: (list) => [
      ["esbuild, parse and print", each(list, (text) => esbuild.transformSync(text, { loader: "js" }))],
      ["swc, parse and print", each(list, (text) => swc.transformSync(text, { jsc: { target: "es2022" }, isModule: "unknown" }))],
      ["ast-grep, one pattern", each(list, (text) => astGrep.js.parse(text).root().findAll("await $A"))],
      ["Prettier", each(list, (text) => prettier.format(text, { parser: "babel" }))],
      ["asyncport check", () => check(list)],
      ["asyncport --to py, unchecked", () => translate(list, "py", "--no-self-check")],
      ["asyncport --to py", () => translate(list, "py")],
    ],
  },
  Python: {
    list: files.filter(isPython),
    rows: (list) => [
      ["ruff (wasm), format", each(list, (text) => ruff.format(text))],
      ["asyncport check", () => check(list)],
      ["asyncport --to js, unchecked", () => translate(list, "js", "--no-self-check")],
      ["asyncport --to js", () => translate(list, "js")],
    ],
  },
};

for (const [language, { list, rows }] of Object.entries(languages)) {
  if (list.length === 0) continue;
  const megabytes = list.reduce((sum, file) => sum + Buffer.byteLength(file.text), 0) / 1e6;
  console.log(`\n| ${language}, ${list.length} files, ${megabytes.toFixed(2)} MB | ms | MB/s |\n|---|---:|---:|`);
  for (const [name, work] of rows(list)) {
    const took = await fastest(work);
    console.log(`| ${name} | ${took.toFixed(0)} | ${((megabytes * 1000) / took).toFixed(1)} |`);
  }
}
