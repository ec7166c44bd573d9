import { LOCALES, type Locale } from '../domain/locale.ts';
import { html, type Markup } from './html.ts';
import { LANGUAGES, languageCode } from './language.ts';

/** The parts around the content of every page of this folder. */
export interface Shell {
  readonly locale: Locale;
  readonly title: string;
  /** One sentence for search engines and link previews. */
  readonly description: string;
  /** The stylesheet, which the page carries itself. Its hash is in the page's policy. */
  readonly style: string;
  /** Address of the icon. */
  readonly icon: string;
  /** Returns this page's address in another language. */
  readonly inLanguage: (locale: Locale) => string;
  /** Address of the page's script, without which it works too. */
  readonly script?: string;
  /** The place of the account in the header, with the settings of the sign-in as JSON. */
  readonly account?: { readonly settings: string; readonly bar: Markup } | undefined;
}

const WORDS: Readonly<Record<Locale, { readonly skip: string; readonly languages: string; readonly home: string }>> = {
  ZH: { skip: '跳到正文', languages: '语言', home: '首页' },
  JA: { skip: '本文へ', languages: '言語', home: 'ホーム' },
  EN: { skip: 'Skip to content', languages: 'Language', home: 'Home' },
};

/** Returns a whole page in its language, with links to it in the others. */
export function pageOf(
  { locale, title, description, style, icon, inLanguage, script, account }: Shell,
  content: Markup,
): string {
  const words = WORDS[locale];
  const page = html`<html lang="${LANGUAGES[locale].tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<meta name="description" content="${description}">
${account && html`<meta name="sign-in" content="${account.settings}">`}
<title>${title}</title>
<link rel="icon" href="${icon}" type="image/svg+xml">
<style>STYLE</style>
${script !== undefined && html`<script src="${script}" type="module"></script>`}
</head>
<body>
<a class="skip" href="#content">${words.skip}</a>
<header>
<a class="brand" href="/?lang=${languageCode(locale)}" title="${words.home}">Bridgehead <span lang="zh-CN">桥头堡</span></a>
<nav aria-label="${words.languages}"><ul class="languages">${LOCALES.map(
    (each) =>
      html`<li><a href="${inLanguage(each)}" lang="${LANGUAGES[each].tag}" hreflang="${LANGUAGES[each].tag}"${each === locale && html` aria-current="true"`}>${LANGUAGES[each].name}</a></li>`,
  )}</ul></nav>
${account?.bar}
</header>
<main id="content">
${content}
</main>
</body>
</html>
`;
  // The hash in the policy is of the very text between the tags.
  return `<!doctype html>\n${page.text.replace('<style>STYLE</style>', () => `<style>${style}</style>`)}`;
}
