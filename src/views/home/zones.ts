import { graph } from '../charts/graph.ts';
import { html, type Markup } from '../html.ts';
import { foldedTable, section } from '../section.ts';
import type { HomeAnswers } from './answers.ts';
import type { Writing } from './resumption.ts';

/** Returns the zones of the group and their agreements, as a graph and as a table. */
export function zones({ Linkages }: HomeAnswers, { words, format, behind }: Writing): Markup | undefined {
  const answer = Linkages?.linkageGraph;
  if (!answer) return undefined;
  const nodes = answer.nodes.flatMap(({ member, zone }) =>
    zone ? [{ id: zone.id, name: zone.name, isMember: member }] : [],
  );
  const nameOf = (id: string) => nodes.find((node) => node.id === id)?.name ?? '';
  const edges = answer.edges.map(({ from, to, agreement }) => ({ from, to, isCurrent: agreement.status === 'SIGNED' }));
  const sentence = words.zonesSentence(nodes.length, edges.length);
  const { member, partner, current, over } = words.zonesKey;
  return section({
    id: 'zones',
    heading: words.zones(answer.group.name),
    sentence,
    picture: html`<div class="wide">${graph({ id: 'zones-title', title: sentence, nodes, edges })}</div>
<ul class="legend" aria-hidden="true">
<li><svg class="graph" viewBox="0 0 16 16" width="16" height="16"><circle class="member" cx="8" cy="8" r="6"/></svg>${member}</li>
<li><svg class="graph" viewBox="0 0 16 16" width="16" height="16"><circle class="partner" cx="8" cy="8" r="6"/></svg>${partner}</li>
<li><svg class="graph" viewBox="0 0 28 8" width="28" height="8"><path class="edge" d="M0 4H28"/></svg>${current}</li>
<li><svg class="graph" viewBox="0 0 28 8" width="28" height="8"><path class="edge over" d="M0 4H28"/></svg>${over}</li>
</ul>`,
    table: foldedTable(words.table, {
      caption: words.zones(answer.group.name),
      columns: [
        { content: words.columns.agreement },
        { content: words.columns.between },
        { content: words.columns.agreementKind },
        { content: words.columns.status },
        { content: words.columns.signedOn },
      ],
      rows: answer.edges.map(({ from, to, agreement }) => [
        { content: agreement.title },
        { content: `${nameOf(from)} – ${nameOf(to)}` },
        { content: words.agreementKinds[agreement.kind] },
        { content: words.agreementStatuses[agreement.status] },
        { content: agreement.signedOn === null ? '–' : format.day(agreement.signedOn) },
      ]),
    }),
    links: behind('Linkages'),
  });
}
