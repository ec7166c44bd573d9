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
/** Distance between the middles of two curves of the same pair. */
const EDGE_DISTANCE = 30;
/** Distance by which the middle of a curve between two outer nodes leaves the node in the middle aside. */
const DETOUR = 48;
const LINE_HEIGHT = 14;
/** Longest line of a name, in the width of Latin letters. A Chinese or Japanese character is two wide. */
const LINE_WIDTH = 19;

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Returns a graph as a picture: the node with the most edges in the middle, the others around it in their order. Several
 * edges between two nodes are one line with their number.
 */
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
  const curves = curvesOf(edges, places);
  return html`<svg class="graph" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}"><title id="${id}">${title}</title>
${curves.map(({ path, isCurrent }) => html`<path class="edge${!isCurrent && ' over'}" d="${path}"/>`)}
${curves.map(({ count, middle }) => count > 1 && html`<text class="many" x="${middle.x}" y="${middle.y + 4}">${count}</text>`)}
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

interface Curve {
  readonly path: string;
  readonly isCurrent: boolean;
  readonly count: number;
  readonly middle: Point;
}

/** Returns the edges between the same two nodes as one curve for those in force, and one for those that are over. */
function curvesOf(edges: readonly GraphEdge[], places: ReadonlyMap<string, Point>): readonly Curve[] {
  const pairOf = ({ from, to }: GraphEdge) => [from, to].sort().join(' ');
  return [...Map.groupBy(edges, pairOf).values()].flatMap((pair) => {
    const kinds = [...Map.groupBy(pair, ({ isCurrent }) => isCurrent)];
    return kinds.flatMap(([isCurrent, { length: count }], index) => {
      const [low, high] = [pair[0]?.from ?? '', pair[0]?.to ?? ''].sort().map((end) => places.get(end));
      if (!low || !high) return [];
      const bend = passesCentre(low, high) ? DETOUR : (index - (kinds.length - 1) / 2) * EDGE_DISTANCE;
      const length = Math.hypot(high.x - low.x, high.y - low.y) || 1;
      const middle = {
        x: Math.round((low.x + high.x) / 2 - ((high.y - low.y) / length) * bend),
        y: Math.round((low.y + high.y) / 2 + ((high.x - low.x) / length) * bend),
      };
      // A quadratic curve reaches half-way to its control point.
      const x = 2 * middle.x - Math.round((low.x + high.x) / 2);
      const y = 2 * middle.y - Math.round((low.y + high.y) / 2);
      return [{ path: `M${low.x} ${low.y}Q${x} ${y} ${high.x} ${high.y}`, isCurrent, count, middle }];
    });
  });
}

/** Tells whether the straight line between two outer nodes would cross the one in the middle. */
function passesCentre(one: Point, two: Point): boolean {
  if (one === CENTRE || two === CENTRE) return false;
  const [x, y] = [two.x - one.x, two.y - one.y];
  const across = Math.abs(x * (one.y - CENTRE.y) - y * (one.x - CENTRE.x)) / (Math.hypot(x, y) || 1);
  return (
    across < 2 * NODE_RADIUS && (one.x - CENTRE.x) * (two.x - CENTRE.x) + (one.y - CENTRE.y) * (two.y - CENTRE.y) < 0
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
