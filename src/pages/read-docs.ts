import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import MarkdownIt, { type Token } from 'markdown-it';
import type { DeveloperDoc, DocHeading } from '../views/developers/doc.ts';
import { SERVED_FILES } from '../views/developers/served-files.ts';
import { escapeHtml } from '../views/html.ts';

/** The documents of `docs/` that partners need, in the order of the list. */
export const DOCS = ['integrating', 'identity', 'federation', 'errors', 'permissions'] as const;

/** A picture in HTML, which only the repository shows. */
const PICTURE = /^<img [^>]*>$/gm;

/** A part for readers who have the repository, which the site leaves out. */
const FOR_THE_REPOSITORY = /\s*<!-- repository -->.*?<!-- \/repository -->/gs;

/** A reference in brackets to a file of the repository: one link alone, or several with commas. */
const REFERENCE = / \((?:(?:, | and )?\[[^\]]*\]\([^)\s]+\))+\)/g;

/** Addresses of files of the repository that the site serves itself, by the links of the documents. */
const SERVED = new Map(Object.entries(SERVED_FILES).map(([name, { source }]) => [`../schema/${source}`, `/${name}`]));

/**
 * Renders the documents of a folder for readers without the repository: parts between `<!-- repository -->` and
 * `<!-- /repository -->` are left out, and so are references in brackets to what the site doesn't serve.
 */
export async function readDocs(folder: string): Promise<readonly DeveloperDoc[]> {
  return Promise.all(DOCS.map(async (slug) => docOf(slug, await readFile(join(folder, `${slug}.md`), 'utf8'))));
}

/** Renders one document in Markdown: its headings get anchors, its queries a link that opens them in the explorer. */
export function docOf(slug: string, text: string): DeveloperDoc {
  const headings: DocHeading[] = [];
  const markdown = new MarkdownIt({ html: false });
  const anchors = new Set<string>();
  markdown.core.ruler.push('anchors', ({ tokens }) => {
    for (const [i, token] of tokens.entries()) {
      const inline = tokens[i + 1];
      if (token.type !== 'heading_open' || !inline) continue;
      const title = textOf(inline);
      const id = anchorOf(title, anchors);
      token.attrSet('id', id);
      headings.push({ id, title, level: Number(token.tag.slice(1)) });
    }
  });
  markdown.core.ruler.push('empty-heads', ({ tokens }) => {
    for (const [i, token] of tokens.entries()) {
      // Markdown has no table without a head: an empty one heads nothing.
      if (token.type === 'th_open' && tokens[i + 1]?.content === '') {
        for (const part of [token, tokens[i + 2]]) if (part) part.tag = 'td';
      }
    }
  });
  markdown.core.ruler.push('links', ({ tokens }) => {
    for (const { children } of tokens) replaceLinks(children ?? []);
  });
  markdown.renderer.rules.fence = (tokens, i) => fenceOf(tokens[i]?.content ?? '', tokens[i]?.info.trim() ?? '');
  markdown.renderer.rules.table_open = () =>
    '<div class="scroll" role="group" tabindex="0" aria-label="Table"><table>\n';
  markdown.renderer.rules.table_close = () => '</table></div>\n';
  // Pictures are the repository's: their words stay.
  markdown.renderer.rules.image = (tokens, i) => escapeHtml(tokens[i]?.content ?? '');
  const html = markdown.render(forTheSite(text)).replaceAll('&lt;br&gt;', '<br>');
  const [first] = headings;
  return { slug, title: first?.title ?? slug, headings: headings.filter(({ level }) => level === 2), html };
}

const forTheSite = (text: string) =>
  text
    .replaceAll(PICTURE, '')
    .replaceAll(FOR_THE_REPOSITORY, '')
    .replaceAll(REFERENCE, (reference) =>
      [...reference.matchAll(/\]\(([^)]+)\)/g)].some(([, href = '']) => servedAt(href) !== undefined) ? reference : '',
    );

const textOf = ({ children }: Token) =>
  (children ?? []).map(({ type, content }) => (type === 'text' || type === 'code_inline' ? content : '')).join('');

/** Returns the anchor that GitHub gives a heading. */
function anchorOf(title: string, taken: Set<string>): string {
  const base = title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');
  let id = base;
  for (let i = 1; taken.has(id); i++) id = `${base}-${i}`;
  taken.add(id);
  return id;
}

/** Rewrites links to what the site serves, and unlinks what only the repository has. */
function replaceLinks(tokens: readonly Token[]): void {
  let isUnlinked = false;
  for (const [i, token] of tokens.entries()) {
    if (token.type === 'link_open') {
      const address = servedAt(String(token.attrGet('href') ?? ''));
      isUnlinked = address === undefined;
      if (address !== undefined) token.attrSet('href', address);
      const words = tokens[i + 1];
      if (address?.startsWith('/') && words) words.content = nameOf(words.content, address);
    }
    if (isUnlinked && (token.type === 'link_open' || token.type === 'link_close')) {
      token.hidden = true;
      token.tag = '';
      token.type = 'text';
      token.content = '';
    }
  }
}

/** Returns the words of a link to what the site serves: no names of the repository's files. */
const nameOf = (words: string, address: string) =>
  address.startsWith('/developers/') ? words.replace(/\.md$/, '') : words.replace(/^schema\/.*/, address);

function servedAt(href: string): string | undefined {
  if (/^(https:|#)/.test(href)) return href;
  const [, name, anchor = ''] = /^(\w[\w-]*)\.md(#.*)?$/.exec(href) ?? [];
  if (name !== undefined && DOCS.some((slug) => slug === name)) return `/developers/${name}${anchor}`;
  return SERVED.get(href);
}

/** Returns a block of code in a box that scrolls, with a link to the explorer under a query. */
function fenceOf(code: string, language: string): string {
  const block = `<pre tabindex="0"><code>${escapeHtml(code)}</code></pre>\n`;
  if (language !== 'graphql') return block;
  return `${block}<p class="links"><a href="${explorerAddress(code)}">RUN</a></p>\n`;
}

/** Returns the address that opens a query of one's own in the explorer. It is in the fragment, and is never sent. */
const explorerAddress = (query: string) =>
  `/explorer#q=${deflateRawSync(JSON.stringify({ query })).toString('base64url')}`;
