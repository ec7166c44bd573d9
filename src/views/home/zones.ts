import { graph } from '../charts/graph.ts';
import { graphLegend } from '../charts/graph-legend.ts';
import { html, type Markup } from '../html.ts';
import { foldedTable, section } from '../section.ts';
import type { HomeAnswers } from './answers.ts';
import type { Writing } from './resumption.ts';

/** Returns the zones of the group and their agreements, as a graph and as a table. */
export function zones({ Linkages }: HomeAnswers, { words, locale, format, behind }: Writing): Markup | undefined {
  const answer = Linkages?.linkageGraph;
  if (!answer) return undefined;
  const nodes = answer.nodes.flatMap(({ member, zone }) =>
    zone ? [{ id: zone.id, name: zone.name, isMember: member }] : [],
  );
  const nameOf = (id: string) => nodes.find((node) => node.id === id)?.name ?? '';
  const edges = answer.edges.map(({ from, to, agreement }) => ({ from, to, isCurrent: agreement.status === 'SIGNED' }));
  const sentence = words.zonesSentence(nodes.length, edges.length);
  return section({
    id: 'zones',
    heading: words.zones(answer.group.name),
    sentence,
    picture: html`<div class="wide">${graph({ id: 'zones-title', title: sentence, nodes, edges })}</div>
${graphLegend(locale)}`,
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
