import type { Field, Selection } from '../selection.ts';
import type { SubgraphType } from './model.ts';

/**
 * Divides the fields of a type that have `@requires` into groups for one representation each. One group is enough, unless
 * two require one field with different arguments: a representation holds one value of a field. A field that conflicts with
 * none is in every group.
 */
export function representationGroups({ fields }: SubgraphType): readonly ReadonlySet<string>[] {
  const requiring = [...fields.values()].flatMap(({ name, requires }) => (requires ? [{ name, requires }] : []));
  const conflicting = requiring.filter(({ requires }) => requiring.some((other) => conflict(requires, other.requires)));
  const groups: (typeof requiring)[] = [];
  for (const one of conflicting) {
    const group = groups.find((members) => members.every(({ requires }) => !conflict(one.requires, requires)));
    if (group) group.push(one);
    else groups.push([one]);
  }
  const everywhere = requiring.filter((one) => !conflicting.includes(one)).map(({ name }) => name);
  if (groups.length === 0) return [new Set(everywhere)];
  return groups.map((members) => new Set([...everywhere, ...members.map(({ name }) => name)]));
}

function conflict(one: Selection, other: Selection): boolean {
  const mine = allFields(one);
  return allFields(other).some((field) =>
    mine.some(
      (own) =>
        own.name === field.name &&
        (own.key !== field.key || (own.sub !== undefined && field.sub !== undefined && conflict(own.sub, field.sub))),
    ),
  );
}

function allFields({ fields, conditions }: Selection): readonly Field[] {
  return conditions.length === 0 ? fields : [...fields, ...conditions.flatMap(({ selection }) => allFields(selection))];
}
