/** A finding: see check.schema.json in asyncport's documentation. Lines and characters (UTF-16) count from 0. */
export interface Diagnostic {
  id: string;
  level: "error" | "warning" | "info" | "hint";
  message: string;
  help: string;
  byte: { start: number; end: number };
  range: { start: { line: number; character: number }; end: { line: number; character: number } };
  [more: string]: unknown;
}
export interface SourceOptions {
  /** The language of the source; without it, the extension of `name` decides. */
  from?: "js" | "py";
  /** What messages call the source. No such file need exist. */
  name?: string;
  /** Functions that are asynchronous although the source does not say so: "load_*". */
  asyncNames?: string[];
}
export interface TranslateOptions extends SourceOptions {
  /** Leave the entry point out: a snippet, not a program. */
  fragment?: "auto" | "always" | "never";
  /** The Python library that fetch becomes. */
  http?: "httpx" | "aiohttp";
  /** How JavaScript imports. */
  module?: "esm" | "cjs";
  /** These statements only, with what the whole source says: "3:1-5:10", "3-5". */
  range?: string;
  /** Read the result back and compare (true). */
  selfCheck?: boolean;
}
export interface Translation {
  /** null where the source does not parse. */
  text: string | null;
  /** Everything was translated, and no diagnostic is an error. */
  whole: boolean;
  diagnostics: Diagnostic[];
}
export function translate(source: string, options?: TranslateOptions): Promise<Translation>;
export function check(source: string, options?: SourceOptions): Promise<{ diagnostics: Diagnostic[] }>;
export function version(): Promise<string>;
