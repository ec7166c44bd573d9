import type { Slot, SlotField } from './build.ts';

/**
 * The aliases of a slot's fields, by the slot that they are in: GraphQL lets two types answer under one key only with one
 * shape (§5.3.2 SameResponseShape), so the fields of a type that differ from an earlier type's get an alias.
 */
export function aliasesIn(slot: Slot): ReadonlyMap<Slot, ReadonlyMap<string, string>> {
  const aliases = new Map<Slot, ReadonlyMap<string, string>>();
  if (slot.byType.size === 0) return aliases;
  const variants = new Map<string, SlotField[]>();
  for (const own of [slot, ...slot.byType.values()]) {
    const names = new Map<string, string>();
    for (const [key, field] of own.fields) {
      const known = variants.get(key) ?? [];
      variants.set(key, known);
      let index = known.findIndex((other) => !clash(field, other));
      if (index < 0) index = known.push(field) - 1;
      if (index > 0) names.set(key, `${key}__${index}`);
    }
    if (names.size > 0) aliases.set(own, names);
  }
  return aliases;
}

function clash(one: SlotField, other: SlotField): boolean {
  if (one === other) return false;
  if (one.there.shape !== other.there.shape) return true;
  if (!one.sub || !other.sub || one.sub === other.sub) return false;
  const mine = fieldsOf(one.sub);
  return fieldsOf(other.sub).some((field) =>
    mine.some((own) => own.field.key === field.field.key && clash(own, field)),
  );
}

function fieldsOf(slot: Slot): SlotField[] {
  return [slot, ...slot.byType.values()].flatMap(({ fields }) => [...fields.values()]);
}
