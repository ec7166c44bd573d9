import { html, type Markup } from '../html.ts';
import { section } from '../section.ts';
import type { HomeAnswers } from './answers.ts';
import type { Writing } from './resumption.ts';

/** Returns the newest policies in force on a day, with their issuers; undefined where the answer is missing. */
export function policies(
  { PoliciesInForce }: HomeAnswers,
  today: string,
  { words, format, behind }: Writing,
): Markup | undefined {
  const page = PoliciesInForce?.policies;
  if (!page) return undefined;
  return section({
    id: 'policies',
    heading: words.policies,
    sentence: words.policiesSentence(format.day(today)),
    picture: html`<ul class="policies">${page.nodes.map(
      ({ title, issuer, inForceOn }) =>
        html`<li><h3>${title}</h3><p>${[
          issuer.name,
          inForceOn?.documentNumber,
          inForceOn && words.since(format.day(inForceOn.validFrom)),
        ]
          .filter((text) => !!text)
          .join(' · ')}</p></li>`,
    )}</ul>${page.pageInfo.hasNextPage && html`<p class="note">${words.morePolicies}</p>`}`,
    links: behind('PoliciesInForce'),
  });
}
