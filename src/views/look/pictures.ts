import type { Locale } from '../../domain/locale.ts';
import { bar } from '../charts/bar.ts';
import { graph } from '../charts/graph.ts';
import { lineChart } from '../charts/line-chart.ts';
import { formatOf } from '../format.ts';
import { html, type Markup } from '../html.ts';
import type { LookTable } from './tables.ts';

/** Returns the picture that fits the tables: rates over days as lines, rates by rows as bars; undefined if none does. */
export function chartOf(tables: readonly LookTable[], title: string, locale: Locale): Markup | undefined {
  for (const table of tables) {
    const rates = table.columns.flatMap(({ kind, label }, index) => (kind === 'percent' ? [{ label, index }] : []));
    if (rates.length === 0 || table.rows.length < 2) continue;
    const day = table.columns.findIndex(({ kind }) => kind === 'date');
    const isSeries = day >= 0 && new Set(table.rows.map((row) => row[day]?.value)).size === table.rows.length;
    return isSeries ? series(table, day, rates, title, locale) : bars(table, rates);
  }
  return undefined;
}

type Rates = readonly { readonly label: string; readonly index: number }[];

function series(table: LookTable, day: number, rates: Rates, title: string, locale: Locale): Markup {
  const days = table.rows.map((row) => String(row[day]?.value));
  const lines = rates.map(({ label, index }) => ({
    name: label,
    values: table.rows.map((row) => (row[index]?.value == null ? null : Number(row[index].value))),
  }));
  return lineChart({ id: 'picture', title, days, lines }, formatOf(locale));
}

function bars(table: LookTable, rates: Rates): Markup {
  const name = Math.max(
    0,
    table.columns.findIndex(({ kind }, index) => kind === 'text' && index > 0 && isName(table, index)),
  );
  return html`<ul class="bars">${table.rows.map(
    (row) =>
      html`<li><h3>${row[name]?.text}</h3><ul>${rates.map(
        ({ label, index }, number) =>
          html`<li class="bar-row"><span>${label}</span>${bar(Number(row[index]?.value ?? 0), number)}<b>${row[index]?.text}</b></li>`,
      )}</ul></li>`,
  )}</ul>`;
}

/** Tells whether a column's texts tell the rows apart and are for people: ids and codes have no blank and no word. */
const isName = ({ rows }: LookTable, column: number) =>
  new Set(rows.map((row) => row[column]?.text)).size === rows.length &&
  rows.every((row) => !/^[a-z]+_|^[a-z\d-]+$/.test(row[column]?.text ?? ''));

interface Graph {
  readonly nodes: readonly {
    readonly member: boolean;
    readonly zone: { readonly id: string; readonly name: string } | null;
  }[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly agreement: { readonly status: string };
  }[];
}

/** Returns the graph of an answer with nodes and edges; undefined for any other answer. */
export function graphOf(data: unknown, title: string): Markup | undefined {
  const found = Object.values(data ?? {}).find(isGraph);
  if (!found) return undefined;
  const nodes = found.nodes.flatMap(({ zone, member }) =>
    zone ? [{ id: zone.id, name: zone.name, isMember: member }] : [],
  );
  const edges = found.edges.map(({ from, to, agreement }) => ({ from, to, isCurrent: agreement.status === 'SIGNED' }));
  return html`<div class="wide">${graph({ id: 'picture', title, nodes, edges })}</div>`;
}

function isGraph(value: unknown): value is Graph {
  if (typeof value !== 'object' || value === null || !('nodes' in value) || !('edges' in value)) return false;
  return (
    Array.isArray(value.edges) && value.edges.every((edge) => typeof edge?.from === 'string' && 'agreement' in edge)
  );
}
