import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md'), ...globSync('packages/*/README.md')];

/** Paths that a documented command writes. */
const WRITTEN_BY_COMMANDS = ['schema/partners/dongjiang/', 'schema/operations/mobile/versions'];

const PATH = /(?<![\w./-])(?:src|test|packages|schema|bench|infra|examples|docs)\/[\w./-]*[\w/](?![\w*<{])/g;
const LINK = /\]\(([^)#\s:]+)(?:#[^)]*)?\)/g;

function missingPaths(document: string): readonly string[] {
  const text = readFileSync(document, 'utf8');
  const folder = dirname(document);
  const named = Array.from(text.matchAll(PATH), ([path]) => path)
    .filter((path) => !WRITTEN_BY_COMMANDS.some((written) => path.startsWith(written)))
    .filter((path) => !existsSync(path) && !existsSync(join(folder, path)));
  const linked = Array.from(text.matchAll(LINK), ([, path = '']) => path).filter(
    (path) => !existsSync(join(folder, path)),
  );
  return [...named, ...linked];
}

test.each(DOCUMENTS)('%s names only paths that exist', (document) => {
  expect(missingPaths(document)).toEqual([]);
});

test.each(globSync('docs/adr/*.md'))('%s has its date, context, decision, alternatives and consequences', (record) => {
  const headings = Array.from(
    readFileSync(record, 'utf8').matchAll(/^\*\*([A-Z]\w+)\.\*\*/gm),
    ([, heading]) => heading,
  );
  expect(headings).toEqual(expect.arrayContaining(['Date', 'Context', 'Decision', 'Alternatives', 'Consequences']));
});
