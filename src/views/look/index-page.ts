import { inLocale, type Locale, type Localized } from '../../domain/locale.ts';
import type { LookDocument } from '../../domain/questions/look-document.ts';
import { html } from '../html.ts';
import { languageCode } from '../language.ts';
import { pageOf, type Shell } from '../shell.ts';
import { aboutOf, byTopic, titleOf } from './questions.ts';
import { LOOK_WORDS } from './words.ts';

/** The saved questions of one audience that the visitor may read. */
export interface SavedList {
  readonly audience: 'OWN' | 'ZONE' | 'PUBLIC';
  readonly questions: readonly { readonly title: Localized; readonly href: string }[];
}

interface IndexPage {
  readonly documents: readonly LookDocument[];
  readonly saved: readonly SavedList[];
  readonly locale: Locale;
  readonly look: Pick<Shell, 'style' | 'icon'> & { readonly scripts: { readonly look: string } };
  readonly account: Shell['account'];
}

/** Returns the page that lists the documents, and the saved questions before them that the visitor's account keeps. */
export function lookIndex({ documents, saved, locale, look, account }: IndexPage): string {
  const words = LOOK_WORDS[locale];
  const lists = saved.map(
    ({ audience, questions }) =>
      questions.length > 0 &&
      html`<h2>${words.saved[audience]}</h2><ul class="questions" id="saved-${audience.toLowerCase()}">${questions.map(
        ({ title, href }) =>
          html`<li class="door"><a href="${href.startsWith('/look') ? `${href}?lang=${languageCode(locale)}` : href}">${inLocale(title, locale)}</a></li>`,
      )}</ul>`,
  );
  const topics = byTopic(documents, locale).map(
    (topic) =>
      html`<h2>${topic.heading}</h2><ul class="questions">${topic.documents.map((document) => {
        const about = aboutOf(document, locale);
        return html`<li class="door"><a href="/look/${document.name}?lang=${languageCode(locale)}">${titleOf(document, locale)}</a>${about && html`<p>${about}</p>`}</li>`;
      })}</ul>`,
  );
  const content = html`<h1>${words.title}</h1><p class="sentence">${words.intro}</p>${lists.slice(0, -1)}${topics}${lists.slice(-1)}`;
  return pageOf(
    {
      locale,
      title: `${words.title} – Bridgehead`,
      description: words.description,
      ...look,
      inLanguage: (other) => `?lang=${languageCode(other)}`,
      ...(account ? { script: look.scripts.look } : {}),
      account,
    },
    content,
  );
}
