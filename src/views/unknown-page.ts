import type { Locale } from '../domain/locale.ts';
import { html } from './html.ts';
import { languageCode } from './language.ts';
import { pageOf, type Shell } from './shell.ts';

const WORDS: Readonly<
  Record<Locale, { readonly title: string; readonly text: string; readonly home: string; readonly case: string }>
> = {
  ZH: { title: '没有这个页面', text: '此地址下没有页面。', home: '返回首页', case: '查询我的办件' },
  JA: {
    title: 'ページがありません',
    text: 'このアドレスにページはありません。',
    home: 'ホームへ',
    case: '自分の手続を確かめる',
  },
  EN: {
    title: 'There is no such page',
    text: 'No page has this address.',
    home: 'To the home page',
    case: 'Check my case',
  },
};

/**
 * Returns the page for an unknown address, with ways on. It doesn't repeat the address.
 * @param shown the sentence of a page that some visitors may see; by default that there is none
 */
export function unknownPage(
  locale: Locale,
  look: Pick<Shell, 'style' | 'icon' | 'script' | 'account'>,
  shown?: string,
): string {
  const { title, home, case: check } = WORDS[locale];
  const text = shown ?? WORDS[locale].text;
  const content = html`<h1>${title}</h1><p>${text}</p>
<ul class="ways"><li><a href="/?lang=${languageCode(locale)}">${home}</a></li><li><a href="/case">${check}</a></li></ul>`;
  const inLanguage = (other: Locale) => `?lang=${languageCode(other)}`;
  return pageOf({ locale, title, description: text, ...look, inLanguage }, content);
}
