// What ESLint (with types) and ruff find in files, one finding a line: `path:line:rule`. The packages are those of
// package.json, installed into a folder of their own.
// Example: node theirs.mjs FOLDER js files.txt
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder, language, list] = process.argv.slice(2);
const require = createRequire(path.resolve(folder, "package.json"));
const load = async (name) => {
  const module = await import(pathToFileURL(require.resolve(name)));
  return module.default ?? module;
};
const files = fs.readFileSync(list, "utf8").split("\n").filter(Boolean);
const report = (file, line, rule) => console.log(`${file}:${line}:${rule}`);

async function runRuff() {
  const { Workspace, PositionEncoding } = require("@astral-sh/ruff-wasm-nodejs");
  const select = ["ASYNC", "RUF006", "RUF029", "PLE1142"];
  const workspace = new Workspace(
    { preview: true, "target-version": "py311", lint: { preview: true, select } },
    PositionEncoding?.Utf16 ?? 0,
  );
  for (const file of files) {
    try {
      for (const found of workspace.check(fs.readFileSync(file, "utf8"))) {
        report(file, found.start_location?.row ?? found.location?.row, found.code);
      }
    } catch (error) {
      console.error(`${file}: ${error}`);
    }
  }
}

const rules = {
  "no-await-in-loop": 1,
  "no-async-promise-executor": 1,
  "no-promise-executor-return": 1,
  "require-atomic-updates": 1,
  "promise/no-multiple-resolved": 1,
  "promise/catch-or-return": 1,
  "unicorn/no-await-in-promise-methods": 1,
  "unicorn/no-single-promise-in-promise-methods": 1,
  "@typescript-eslint/no-floating-promises": 1,
  "@typescript-eslint/no-misused-promises": 1,
  "@typescript-eslint/await-thenable": 1,
  "@typescript-eslint/require-await": 1,
  "require-await": 1,
  "@typescript-eslint/return-await": [1, "error-handling-correctness-only"],
};

async function runEslint() {
  const { Linter } = require("eslint");
  const ts = require("typescript");
  const config = (program) => [
    { ignores: ["!**/node_modules/", "!**/node_modules/**"] },
    {
      files: ["**/*.js", "**/*.mjs", "**/*.cjs", "**/*.jsx"],
      plugins,
      languageOptions: { parser, parserOptions: { programs: [program] } },
      linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "off" },
      rules,
    },
  ];
  const plugins = {
    promise: await load("eslint-plugin-promise"),
    unicorn: await load("eslint-plugin-unicorn"),
    "@typescript-eslint": await load("@typescript-eslint/eslint-plugin"),
  };
  const parser = await load("@typescript-eslint/parser");
  const batch = 100;
  for (let at = 0; at < files.length; at += batch) {
    const some = files.slice(at, at + batch);
    const program = ts.createProgram(some, {
      allowJs: true,
      noEmit: true,
      strict: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      types: ["node"],
      typeRoots: [path.resolve(folder, "node_modules/@types")],
    });
    const linter = new Linter({ configType: "flat", cwd: "/" });
    for (const file of some) {
      try {
        const found = linter.verify(fs.readFileSync(file, "utf8"), config(program), { filename: file });
        for (const { line, ruleId, message } of found) {
          if (ruleId) report(file, line, ruleId);
          else console.error(`${file}:${line}: ${message}`);
        }
      } catch (error) {
        console.error(`${file}: ${String(error).slice(0, 200)}`);
      }
    }
    console.error(`${Math.min(at + batch, files.length)} of ${files.length}`);
  }
}

await (language === "py" ? runRuff() : runEslint());
