// Lints and formats translated files with the field's own tools, and prints what they say as JSON. Judges nothing:
// what counts, and what is allowed, is in `run` and allowed.toml.
//
// Files under a folder `sources` are only linted, since what the author did is no fault of the translation.
//
// Example: node lint.mjs build/tools/idiom OUTPUTS
// prints [{"file": "a.py", "lines": 12, "changed": 0, "findings": [{"rule": "SIM300", "line": 3}]}, ...]
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join, relative, resolve } from "node:path";

const [tools, outputs] = process.argv.slice(2);
const require = createRequire(resolve(tools, "package.json"));
const { Workspace, PositionEncoding } = require("@astral-sh/ruff-wasm-nodejs");
const { ESLint } = require("eslint");
const eslintRules = require("@eslint/js");
const globals = require("globals");
const prettier = require("prettier");

const ruff = new Workspace(
  {
    "line-length": 88,
    "target-version": "py311",
    lint: {
      select: ["E", "F", "W", "I", "N", "UP", "B", "SIM", "C4", "RET", "ASYNC", "RUF", "PIE", "PERF", "PLE", "PLW", "ARG"],
    },
  },
  PositionEncoding.Utf16,
);

const eslint = new ESLint({
  cwd: resolve(tools),
  overrideConfigFile: true,
  overrideConfig: [
    eslintRules.configs.recommended,
    {
      languageOptions: { ecmaVersion: 2023, sourceType: "module", globals: globals.node },
      rules: {
        camelcase: ["error", { properties: "never" }],
        eqeqeq: "error",
        "no-async-promise-executor": "error",
        "no-else-return": "error",
        "no-useless-return": "error",
        "no-var": "error",
        "object-shorthand": "error",
        "prefer-arrow-callback": "error",
        "prefer-const": "error",
        "prefer-template": "error",
      },
    },
  ],
});

function lintPython(text) {
  return ruff.check(text).map((found) => ({
    rule: found.code ?? "syntax",
    line: found.start_location.row,
    message: found.message,
  }));
}

async function lintJavaScript(text) {
  const [result] = await eslint.lintText(text, { filePath: "translated.js" });
  return result.messages.map((found) => ({
    rule: found.ruleId ?? "syntax",
    line: found.line,
    message: found.message,
  }));
}

/** How many lines of `before` are not among those of `after`, and which is the first. */
function changedLines(before, after) {
  const left = new Map();
  for (const line of after.split("\n")) {
    left.set(line, (left.get(line) ?? 0) + 1);
  }
  let changed = 0;
  let first = null;
  for (const [index, line] of before.split("\n").entries()) {
    if (left.get(line)) {
      left.set(line, left.get(line) - 1);
    } else {
      changed += 1;
      first ??= index + 1;
    }
  }
  return { changed, first };
}

async function examine(file) {
  const text = readFileSync(file, "utf8");
  const python = extname(file) === ".py";
  const findings = python ? lintPython(text) : await lintJavaScript(text);
  const result = { file: relative(outputs, file), lines: text.split("\n").length - 1, findings };
  if (result.file.startsWith("sources")) {
    return { ...result, changed: 0 };
  }
  try {
    const formatted = python ? ruff.format(text) : await prettier.format(text, { parser: "babel" });
    return { ...result, ...changedLines(text, formatted) };
  } catch (error) {
    return { ...result, changed: result.lines, first: 1, problem: String(error).slice(0, 200) };
  }
}

const files = readdirSync(outputs, { recursive: true }).filter((name) => /\.(py|m?js)$/.test(name));
const results = [];
for (const name of files.sort()) {
  results.push(await examine(join(outputs, name)));
}
console.log(JSON.stringify(results));
