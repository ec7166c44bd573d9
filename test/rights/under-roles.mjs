import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { USE_CASES } from './use-cases.mjs';

const ROOT = join(import.meta.dirname, '../..');
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

/** Returns a module's code whose exports `recorder.ts` runs under the role of a function of `serverless.yml`. */
export function underRoles(code, path) {
  const functions = UNDER_ROLES[relative(ROOT, path)];
  if (functions === undefined) return code;
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
