import type { Field } from '../selection.ts';
import type { Search } from './search.ts';
import { costOf, NO_REQUESTS, type Option, REQUEST_COST, shifted } from './solution.ts';
import type { View } from './view.ts';

/**
 * Returns the ways to answer a field of a type by these views.
 * @param initialCount how many of the views the position has without a jump
 * @param isInput whether the field is an input of a jump, which untyped views may answer
 */
export function optionsFor(
  search: Search,
  type: string,
  field: Field,
  views: readonly View[],
  initialCount: number,
  isInput: boolean,
): readonly Option[] {
  search.steps.take();
  const asked = views.map((view) => isInput || !view.isUntyped);
  if (field.name === '__typename') {
    return views.flatMap((view, index) =>
      asked[index] && !view.type.isInterfaceObject ? [leafOption(index, undefined, view)] : [],
    );
  }
  const there = views.map((view, index) => (asked[index] ? search.views.fieldOf(view, field.name) : undefined));
  const able = views.flatMap((_, index) => (there[index] ? index : []));
  if (!field.sub) return able.map((index) => leafOption(index, there[index], views[index]!));

  const through = views.map((view, index) => there[index] && search.views.through(view, there[index]));
  const selection = field.sub;
  const together = (group: readonly number[]): Option | undefined => {
    const inner = group.flatMap((index) => through[index] ?? []);
    const typeName = search.model.types.get(type)?.fields.get(field.name) ?? there[group[0]!]!.typeName;
    if (inner.length !== group.length) return undefined;
    const solution = search.solve(selection, typeName, inner);
    if (!solution) return undefined;
    // Views that it makes no use of are left out, but one must be there.
    const used = group.filter((_, position) => solution.used.has(position));
    if (group.length > 1 && used.length < group.length) return together(used.length > 0 ? used : group.slice(0, 1));
    const base = Math.min(...inner.map(({ level }) => level));
    return {
      views: group,
      there: group.map((index) => there[index]),
      child: solution.node,
      requests: shifted(solution.requests, base),
      extra: solution.extra + 0.01 * inner.reduce((sum, { level }) => sum + level, 0) + (group.length - 1),
      level: Math.max(base + solution.depth, ...inner.map(({ level }) => level)),
    };
  };

  const options = able.flatMap((index) => together([index]) ?? []);
  const isDear = options.every((option) => option.requests.size > 0);
  const initial = able.filter((index) => index < initialCount);
  // A mutation is carried out by one subgraph.
  if (!isDear || able.length < 2 || type === search.model.mutationType) return options;
  const cheapest = () => Math.min(Number.POSITIVE_INFINITY, ...options.map(costOf));
  const tryTogether = (group: readonly number[]) => {
    const option = group.length > 1 ? together(group) : undefined;
    if (option && !options.some((other) => other.views.join() === option.views.join())) options.push(option);
  };
  tryTogether(initial);
  if (cheapest() < REQUEST_COST) return options;
  for (const index of able) if (index >= initialCount) tryTogether([...initial, index]);
  tryTogether(able);
  return options;
}

function leafOption(index: number, there: Option['there'][number], { level }: View): Option {
  return { views: [index], there: [there], child: undefined, requests: NO_REQUESTS, extra: 0.001 * level, level };
}
