import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { USE_CASES } from './test/rights/use-cases.mjs';

const ROOT = import.meta.dirname;
const RECORDER = join(ROOT, 'test/rights/recorder.ts');
const SERVERLESS = readFileSync(join(ROOT, 'serverless.yml'), 'utf8');

const MORE_EXPORTS = {
  // Reached by Invoke; in one process with the gateway it has a role of its own nevertheless.
  talent: { handler: 'talent', subgraph: 'talent' },
  // Made by tests with a clock of their own.
  caseHolder: { handler: 'caseHolder', caseHolderHandler: 'caseHolder' },
};

/** Which exports run under the role of which function: handlers, and what they call. */
const UNDER_ROLES = {
  ...Object.fromEntries(
    Object.entries(parse(SERVERLESS, { merge: true }).functions).map(([name, { handler }]) => [
      handler.replace(/\.\w+$/, '.ts'),
      MORE_EXPORTS[name] ?? { handler: name },
    ]),
  ),
  ...USE_CASES,
};

/** What a transformed file depends on beside its own text. */
const SAME_FOR_ALL = createHash('sha256')
  .update(JSON.stringify(UNDER_ROLES))
  .update(readFileSync(import.meta.filename))
  .digest('hex');

/** Erases types in place, so that lines and columns stay true without a source map. What functions do runs under their roles. */
export default {
  process: (source, path) => {
    const code = path.endsWith('.ts') ? stripTypeScriptTypes(source, { mode: 'strip' }) : source;
    const names = UNDER_ROLES[relative(ROOT, path)];
    return { code: names === undefined ? code : underRoles(code, names) };
  },
  getCacheKey: (source, path) =>
    createHash('sha256').update(SAME_FOR_ALL).update(path).update('\0').update(source).digest('hex'),
};

/** Exports functions as `test/rights/recorder.ts` runs them: held against the role of a function of `serverless.yml`. */
function underRoles(code, functions) {
  const names = Object.keys(functions);
  const declaration = new RegExp(`^export (?=(?:const|async function|function) (?:${names.join('|')})\\b)`, 'gm');
  const wrapped = names.map((name) => {
    return `const __${name} = __rights.${wrapperOf(name)}('${functions[name]}', ${name}); export { __${name} as ${name} };`;
  });
  return `${code.replace(declaration, '')}\nimport * as __rights from '${RECORDER}';\n${wrapped.join('\n')}\n`;
}

function wrapperOf(name) {
  if (name === 'handler' || name === 'subgraph') return 'ofFunction';
  return name.endsWith('Handler') ? 'ofMadeFunction' : 'ofUseCase';
}
