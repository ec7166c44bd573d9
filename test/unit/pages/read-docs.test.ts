import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { docOf, readDocs } from '../../../src/pages/read-docs.ts';
import { developersPage, docPage } from '../../../src/views/developers/pages.ts';

/** The documents for partners, as the build renders them. */

const DOC = `# A title

## One *heading*
[other](identity.md#api-keys), [schema](../schema/api.graphql), [code](../src/x.ts), [web](https://example.org/)

<script>alert(1)</script>

\`\`\`graphql
{ zones { nodes { code } } }
\`\`\`

\`\`\`sh
curl localhost:4000/graphql
\`\`\`
`;

test('headings have anchors and are listed', () => {
  const { title, headings, html } = docOf('doc', DOC);
  expect(title).toBe('A title');
  expect(headings).toEqual([{ id: 'one-heading', title: 'One heading', level: 2 }]);
  expect(html).toContain('<h2 id="one-heading">');
});

test('links lead to what the site serves, and others are text', () => {
  const { html } = docOf('doc', DOC);
  expect([...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
    '/developers/identity#api-keys',
    '/schema.graphql',
    'https://example.org/',
    expect.stringMatching(/^\/explorer#q=[\w-]+$/),
  ]);
  expect(html).toContain('code, <a');
});

test('parts for readers of the repository are left out, and so are references to what the site lacks', () => {
  const { html } = docOf(
    'doc',
    'One<!-- repository -->, by `npm run one`<!-- /repository --> ([rules.md](rules.md)), two ([code](../src/x.ts), [errors.md](errors.md)).\n\n<!-- repository -->\n## Three\n<!-- /repository -->\n',
  );
  expect(html).toBe('<p>One, two (code, <a href="/developers/errors">errors</a>).</p>\n');
});

test('a link to a file that the site serves names it by its address', () => {
  const { html } = docOf('doc', '[`schema/operations/manifest.json`](../schema/operations/manifest.json)');
  expect(html).toBe('<p><a href="/documents.json"><code>/documents.json</code></a></p>\n');
});

/** Commands, files, documents and decisions of the repository, which a partner lacks. */
const OF_THE_REPOSITORY =
  /npm (?:run|start)|npx |(?<![\w./-])(?:\.\.?\/)*(?:src|test|packages|schema|bench|infra|examples|docs|clients|infra)\/|\.md\b|\.ts\b|ADR \d+/g;

test('no document names a command or a file that only the repository has', async () => {
  const docs = await readDocs(join(import.meta.dirname, '../../../docs'));
  expect(docs).toHaveLength(5);
  // The files of a generator's configuration are the partner's own.
  const ofPartner = /<code>\/\/ codegen\.mjs.*?<\/code>/gs;
  const named = docs.map(({ slug, html }) => [
    slug,
    html
      .replaceAll(/ href="[^"]*"/g, '')
      .replaceAll(ofPartner, '')
      .match(OF_THE_REPOSITORY),
  ]);
  expect(named).toEqual(docs.map(({ slug }) => [slug, null]));
});

test('a query’s link carries it whole, and markup in a document is text', () => {
  const { html } = docOf('doc', DOC);
  const [, carried = ''] = /#q=([\w-]+)/.exec(html) ?? [];
  expect(JSON.parse(inflateRawSync(Buffer.from(carried, 'base64url')).toString())).toEqual({
    query: '{ zones { nodes { code } } }\n',
  });
  expect(html).toContain('&lt;script&gt;');
});

test('pictures are their words, and line breaks stay', () => {
  const { html } = docOf(
    'doc',
    '![The <screen>](images/a.png)\n\n<img src="b.png" alt="b">\n\n| a |\n|---|\n| b<br>c |\n',
  );
  expect(html).not.toContain('img');
  expect(html).toContain('The &#60;screen&#62;');
  expect(html).toContain('b<br>c');
});

test('a table without a head has no empty headings', () => {
  const { html } = docOf('doc', '| | b |\n|---|---|\n| c | d |\n');
  expect(html.match(/<t[hd]>/g)).toEqual(['<td>', '<th>', '<td>', '<td>']);
});

test('every document is rendered without a link that leads nowhere', async () => {
  const docs = await readDocs(join(import.meta.dirname, '../../../docs'));
  const anchors = new Set(
    docs.flatMap(({ slug, html }) => [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => `/developers/${slug}#${id}`)),
  );
  for (const { slug, html } of docs) {
    const links = [...html.matchAll(/href="([^"]*#[^"]*)"/g)].flatMap(([, href = '']) =>
      /^(\/explorer|https:)/.test(href) ? [] : [href.startsWith('#') ? `/developers/${slug}${href}` : href],
    );
    expect(links.filter((link) => !anchors.has(link))).toEqual([]);
  }
});

test('a page of a document names the site’s own address in commands', () => {
  const doc = docOf('integrating', DOC);
  const page = {
    locale: 'JA' as const,
    look: { style: '', icon: '/icon.svg' },
    docs: [doc],
    site: 'https://parks.example',
  };
  const text = docPage(doc, page);
  expect(text).toContain('curl https://parks.example/graphql');
  expect(text).toContain('>エクスプローラーで実行<');
  expect(text).toContain('<article class="doc" lang="en">');
  expect(developersPage(page)).toContain('href="/developers/integrating?lang=ja"');
});
