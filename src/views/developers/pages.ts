import type { Locale } from '../../domain/locale.ts';
import { html, Markup } from '../html.ts';
import { languageCode } from '../language.ts';
import { section } from '../section.ts';
import { pageOf, type Shell } from '../shell.ts';
import type { DeveloperDoc } from './doc.ts';
import { DEVELOPER_WORDS, type DeveloperWords } from './words.ts';

/** The parts of every page for developers. */
export interface DeveloperPage {
  readonly locale: Locale;
  readonly look: Pick<Shell, 'style' | 'icon'>;
  readonly docs: readonly DeveloperDoc[];
  /** The site's own address, e.g. `https://parks.example`. */
  readonly site: string;
}

/** Returns the page `/developers`: the ways in, and the list of documents. */
export function developersPage({ locale, look, docs, site }: DeveloperPage): string {
  const words = DEVELOPER_WORDS[locale];
  const lang = languageCode(locale);
  const ways = [
    [`/developers/account?lang=${lang}`, words.account],
    ['/schema.graphql', words.schema],
    ['/documents.json', words.documents],
    ['/explorer', words.explorer],
  ] as const;
  const content = html`<h1>${words.title}</h1>
<p class="sentence">${words.intro}</p>
<nav class="doors" aria-label="${words.title}"><ul>${ways.map(
    ([address, { name, text }]) => html`<li class="door"><a href="${address}">${name}</a><p>${text}</p></li>`,
  )}</ul></nav>
${section({
  id: 'first',
  heading: words.first,
  sentence: words.firstText,
  picture: html`<pre tabindex="0"><code>${FIRST_QUERY.replaceAll('localhost:4000', site)}</code></pre>`,
})}
${section({ id: 'docs', heading: words.docs, ...(words.inEnglish !== '' && { sentence: words.inEnglish }), picture: listOf(docs, words, lang) })}`;
  return pageOf(shellOf(words.title, '/developers', { locale, look }, words), content);
}

/** Returns the page of one document, in its own language below headings in the reader's. */
export function docPage(doc: DeveloperDoc, { locale, look, docs, site }: DeveloperPage): string {
  const words = DEVELOPER_WORDS[locale];
  const lang = languageCode(locale);
  const title = words.doc[doc.slug] ?? doc.title;
  // The host is checked by the handler and the rest was rendered by the build.
  const body = new Markup(
    doc.html
      .replaceAll('localhost:4000', site)
      .replaceAll('>RUN<', `>${words.run}<`)
      .replaceAll(/href="(\/developers(?:\/[\w-]+)?)(?=[#"])/g, `href="$1?lang=${lang}`),
  );
  const content = html`<nav aria-label="${words.docs}"><ul class="ways"><li><a href="/developers?lang=${lang}">${words.title}</a></li></ul></nav>
<div class="doc-columns"><nav class="contents" aria-label="${words.contents}"><p>${words.contents}</p><ul lang="en">${doc.headings.map(
    ({ id, title: heading }) => html`<li><a href="#${id}">${heading}</a></li>`,
  )}</ul></nav>
<article class="doc" lang="en">${body}</article></div>
<nav aria-label="${words.title}">${listOf(docs, words, lang)}</nav>`;
  return pageOf(shellOf(title, `/developers/${doc.slug}`, { locale, look }, words), content);
}

function listOf(docs: readonly DeveloperDoc[], words: DeveloperWords, lang: string): Markup {
  return html`<ul class="ways">${docs.map(
    ({ slug, title }) => html`<li><a href="/developers/${slug}?lang=${lang}">${words.doc[slug] ?? title}</a></li>`,
  )}</ul>`;
}

function shellOf(
  title: string,
  address: string,
  { locale, look }: Pick<DeveloperPage, 'locale' | 'look'>,
  { description }: DeveloperWords,
): Shell {
  const inLanguage = (other: Locale) => `${address}?lang=${languageCode(other)}`;
  return { locale, title: `${title} – Bridgehead`, description, ...look, inLanguage };
}

/** A query that anybody may send, as a command that runs as it is written. */
const FIRST_QUERY = `curl -s localhost:4000/graphql -H 'content-type: application/json' \\
  -d '{"query": "{ zones(first: 3) { nodes { code name } } }"}'`;
