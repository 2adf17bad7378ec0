// The program as a function. It is native and comes with the package (bin/asyncport, linked statically), so that nothing
// is downloaded or compiled when it is installed.
// Example: const { text } = await translate("await f();", { from: "js" });
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("./bin/asyncport", import.meta.url));
const VALUES = { from: "--from", fragment: "--fragment", http: "--http", module: "--module", range: "--range" };
const LANGUAGES = { ".js": "js", ".mjs": "js", ".cjs": "js", ".jsx": "js", ".py": "py" };

function run(args, input) {
  return new Promise((resolve, reject) => {
    const child = spawn(PROGRAM, args, { stdio: ["pipe", "pipe", "pipe"] });
    const out = [];
    const errors = [];
    child.on("error", reject);
    child.stdin.on("error", () => {}); // it may say no before it has read everything
    child.stdout.on("data", (data) => out.push(data));
    child.stderr.on("data", (data) => errors.push(data));
    child.on("close", (code) =>
      resolve({ code, out: Buffer.concat(out).toString("utf8"), errors: Buffer.concat(errors).toString("utf8") }),
    );
    child.stdin.end(input);
  });
}

function argumentsFor(source, options, known) {
  if (typeof source !== "string") throw new TypeError("the source is a string");
  const args = ["-", "--isolated", "--format", "json"];
  const name = options.name ?? "";
  if (name !== "") args.push("--stdin-filepath", name);
  const language = options.from ?? LANGUAGES[/\.[a-z]+$/.exec(name)?.[0]];
  if (language === undefined) throw new TypeError("say the language with `from`, or a `name` with an extension");
  for (const [key, value] of Object.entries(options)) {
    if (key === "name" || value === undefined) continue;
    if (key === "asyncNames") {
      if (value.length > 0) args.push("--async-names", value.join(","));
    } else if (key === "selfCheck" && known.includes(key)) {
      if (!value) args.push("--no-self-check");
    } else if (known.includes(key)) {
      args.push(VALUES[key], String(value));
    } else {
      throw new TypeError(`there is no option ${key}`);
    }
  }
  return args;
}

function reportOf({ code, errors }) {
  const report = JSON.parse(errors || "{}");
  if (report.problem !== undefined) {
    const { message, help } = report.problem;
    throw new Error([message, help].filter(Boolean).join("; "));
  }
  if (report.diagnostics === undefined) throw new Error(`asyncport ended with ${code}: ${errors}`);
  return report;
}

/** Translates a source into the other language. `text` is null where the source does not parse. */
export async function translate(source, options = {}) {
  const known = ["from", "fragment", "http", "module", "range", "selfCheck"];
  const done = await run(argumentsFor(source, options, known), source);
  const report = reportOf(done);
  return { text: done.code === 2 ? null : done.out, whole: done.code === 0, diagnostics: report.diagnostics };
}

/** Finds asynchronous mistakes in a source. */
export async function check(source, options = {}) {
  const args = argumentsFor(source, options, ["from"]);
  const done = await run(["check", ...args], source);
  return { diagnostics: reportOf({ ...done, errors: done.out || done.errors }).diagnostics };
}

/** "0.1.0". */
export async function version() {
  return (await run(["--version"], "")).out.split(/\s/)[1];
}
