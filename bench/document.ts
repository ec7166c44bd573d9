import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCUMENT = join(import.meta.dirname, '../docs/benchmarks.md');

/** Prints a section of `docs/benchmarks.md` and writes it there between its marks, `<!-- name -->` and `<!-- /name -->`. */
export function writeSection(name: string, text: string): void {
  console.log(text);
  const [begins, ends] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const document = readFileSync(DOCUMENT, 'utf8');
  const [before, rest] = document.split(begins);
  if (rest === undefined) throw new Error(`${DOCUMENT} has no ${begins}.`);
  writeFileSync(DOCUMENT, `${before}${begins}\n\n${text}\n\n${rest.slice(rest.indexOf(ends))}`);
}
