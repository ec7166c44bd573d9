import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { underRoles } from '../rights/under-roles.mjs';

/**
 * Node's own modules for test files. The files that a worker runs share the modules of the product, which keep no state.
 * Modules that do, and those that import them, are loaded anew for each test file, under a URL of their own.
 */

const ROOT = join(import.meta.dirname, '../..');
const MODULES = /(^|\/)node_modules\//;

/**
 * Handlers read the settings as they are loaded, and secrets that were fetched are kept. The recorder of rights is one for
 * all, since shared modules run under roles too.
 */
const LOADED_ANEW =
  /^(test\/(?!rights\/)|(packages|clients)\/[^/]+\/test\/|src\/(handlers\/|(secrets|local\/start|local\/workers\/worker)\.ts))/;

/** Code without types by path. */
const codes = new Map();
let testFiles = 0;
let isLoadedAnew = (file) => LOADED_ANEW.test(file);
let changed = (source) => source;

/** Begins a test file: from now on, modules with state are loaded anew. */
export function beginTestFile() {
  testFiles += 1;
}

/** Loads the project's modules anew for each test file, and changes their sources: for the mutants. */
export function changeSources(change) {
  isLoadedAnew = () => true;
  changed = change;
}

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const file = fileOf(resolved.url);
    return file !== undefined && isLoadedAnew(file) ? { ...resolved, url: `${resolved.url}?${testFiles}` } : resolved;
  },
  load(url, context, next) {
    const file = fileOf(url);
    return file === undefined ? next(url, context) : { format: 'module', shortCircuit: true, source: codeOf(file) };
  },
});

/** Returns the path of a TypeScript module of the project; undefined for other modules. */
function fileOf(url) {
  if (!url.startsWith('file:')) return undefined;
  const file = relative(ROOT, fileURLToPath(url));
  return file.endsWith('.ts') && !MODULES.test(file) && !file.startsWith('..') ? file : undefined;
}

/** Erases types in place, so that lines and columns stay true. */
function codeOf(file) {
  const path = join(ROOT, file);
  const known = codes.get(path);
  if (known !== undefined) return known;
  const code = underRoles(stripTypeScriptTypes(changed(readFileSync(path, 'utf8'), file)), path);
  codes.set(path, code);
  return code;
}
