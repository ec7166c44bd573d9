import { html, type Markup } from '../html.ts';

export interface GraphNode {
  readonly id: string;
  readonly name: string;
  /** True for a member of the group, which is drawn filled. */
  readonly isMember: boolean;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** False for an agreement that is over, which is drawn dashed. */
  readonly isCurrent: boolean;
}

const WIDTH = 360;
const HEIGHT = 440;
const CENTRE = { x: WIDTH / 2, y: HEIGHT / 2 - 16 };
const RADIUS = { x: 138, y: 168 };
const NODE_RADIUS = 13;
/** Distance between the middles of two edges of the same pair. */
const EDGE_DISTANCE = 30;
const LINE_HEIGHT = 14;
/** Longest line of a name, in the width of Latin letters. A Chinese or Japanese character is two wide. */
const LINE_WIDTH = 19;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Returns a graph as a picture: the node with the most edges in the middle, the others around it in their order. */
export function graph({
  id,
  title,
  nodes,
  edges,
}: {
  id: string;
  title: string;
  nodes: readonly GraphNode[];
  edges: readonly GraphEdge[];
}): Markup {
  const places = placesOf(nodes, edges);
  return html`<svg class="graph" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}"><title id="${id}">${title}</title>
${curvesOf(edges, places).map(({ path, isCurrent }) => html`<path class="edge${!isCurrent && ' over'}" d="${path}"/>`)}
${nodes.map((node) => {
  const place = places.get(node.id);
  return place && nodeAt(node, place);
})}
</svg>`;
}

function nodeAt({ name, isMember }: GraphNode, { x, y }: Point): Markup {
  const lines = wrap(name);
  const first = y + NODE_RADIUS + LINE_HEIGHT;
  return html`<circle class="${isMember ? 'member' : 'partner'}" cx="${x}" cy="${y}" r="${NODE_RADIUS}"/><text x="${x}" y="${first}">${lines.map(
    (line, index) => html`<tspan x="${x}" y="${first + index * LINE_HEIGHT}">${line}</tspan>`,
  )}</text>`;
}

function placesOf(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): ReadonlyMap<string, Point> {
  const degree = (id: string) => edges.filter(({ from, to }) => from === id || to === id).length;
  const [hub] = nodes.toSorted((one, two) => degree(two.id) - degree(one.id));
  const around = nodes.filter((node) => node !== hub);
  const places = around.map(({ id }, index): [string, Point] => {
    const angle = (2 * Math.PI * index) / around.length - Math.PI / 2;
    const x = Math.round(CENTRE.x + RADIUS.x * Math.cos(angle));
    return [id, { x, y: Math.round(CENTRE.y + RADIUS.y * Math.sin(angle)) - 8 }];
  });
  return new Map(hub ? [[hub.id, CENTRE], ...places] : places);
}

/** Returns the edges as curves: several between the same two nodes are bent apart. */
function curvesOf(
  edges: readonly GraphEdge[],
  places: ReadonlyMap<string, Point>,
): { readonly path: string; readonly isCurrent: boolean }[] {
  const pairOf = ({ from, to }: GraphEdge) => [from, to].sort().join(' ');
  return [...Map.groupBy(edges, pairOf).values()].flatMap((pair) =>
    pair.flatMap(({ from, to, isCurrent }, index) => {
      const [low, high] = [from, to].sort().map((end) => places.get(end));
      if (!low || !high) return [];
      const bend = (index - (pair.length - 1) / 2) * EDGE_DISTANCE * 2;
      const length = Math.hypot(high.x - low.x, high.y - low.y) || 1;
      const x = Math.round((low.x + high.x) / 2 - ((high.y - low.y) / length) * bend);
      const y = Math.round((low.y + high.y) / 2 + ((high.x - low.x) / length) * bend);
      return [{ path: `M${low.x} ${low.y}Q${x} ${y} ${high.x} ${high.y}`, isCurrent }];
    }),
  );
}

/** Breaks a name into lines: between words, and between any two Chinese or Japanese characters. */
function wrap(name: string): string[] {
  const parts = name.match(/[⺀-鿿＀-￯]|[^\s⺀-鿿＀-￯]+|\s+/gu) ?? [];
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    if (widthOf(line + part) > LINE_WIDTH && line.trim() !== '') {
      lines.push(line.trim());
      line = '';
    }
    line += part;
  }
  return line.trim() === '' ? lines : [...lines, line.trim()];
}

const widthOf = (text: string) => [...text].reduce((sum, character) => sum + (character > '⺀' ? 2 : 1), 0);
