import type { Slot, SlotField } from './build.ts';

/** A selection set that is shorter is written where it is needed, however often. */
const MIN_FRAGMENT_CHARACTERS = 60;

/** The text of a subgraph's operation in the making. Selection sets that are needed more than once become fragments. */
export class OperationPrinter {
  readonly variables = new Set<string>();
  /** Keys that values have in the data, by the aliases that they are answered under. */
  readonly renames: Record<string, string> = {};
  readonly #uses = new Map<Slot, number>();
  readonly #inner = new Map<Slot, string>();
  readonly #fragments = new Map<Slot, string>();
  readonly #definitions: string[] = [];

  /** Counts how often each selection set is needed. Call it for all before printing any. */
  count(slot: Slot): void {
    const uses = (this.#uses.get(slot) ?? 0) + 1;
    this.#uses.set(slot, uses);
    if (uses > 1) return;
    for (const { sub } of slot.fields.values()) if (sub) this.count(sub);
    for (const typed of slot.byType.values()) this.count(typed);
  }

  get fragments(): string {
    return this.#definitions.join('');
  }

  /** Returns a selection set in braces. */
  print(slot: Slot): string {
    const fragment = this.#fragments.get(slot);
    if (fragment) return `{...${fragment}}`;
    const text = this.inner(slot);
    if ((this.#uses.get(slot) ?? 0) < 2 || text.length < MIN_FRAGMENT_CHARACTERS) return `{${text}}`;
    const name = `f${this.#fragments.size}`;
    this.#fragments.set(slot, name);
    this.#definitions.push(`fragment ${name} on ${slot.type.name}{${text}}`);
    return `{...${name}}`;
  }

  /** Returns what stands in the braces. */
  inner(slot: Slot): string {
    let text = this.#inner.get(slot);
    if (text === undefined) {
      text = this.#printInner(slot);
      this.#inner.set(slot, text);
    }
    return text;
  }

  #printInner(slot: Slot): string {
    const aliases = aliasesIn(slot);
    const parts = slot.isTypenameAsked ? ['__typename'] : [];
    const common = this.#commonFields(slot);
    const written = new Set<string>();
    for (const field of [...slot.fields.values(), ...common]) {
      written.add(field.field.key);
      parts.push(this.#printField(field, aliases.get(slot)?.get(field.field.key)));
    }
    for (const [type, typed] of slot.byType) {
      const own = [...typed.fields.values()].filter(
        (field) =>
          !(
            written.has(field.field.key) &&
            isSame(field, slot.fields.get(field.field.key) ?? common.find((one) => one.field === field.field))
          ),
      );
      const inner = own.map((field) => this.#printField(field, aliases.get(typed)?.get(field.field.key)));
      if (typed.isTypenameAsked) inner.unshift('__typename');
      if (inner.length > 0) parts.push(`...on ${type}{${inner.join(' ')}}`);
    }
    return parts.length > 0 ? parts.join(' ') : '__typename';
  }

  /** The fields that every type of an interface is asked for in the same way, and that the interface itself has. */
  #commonFields({ type, byType, fields }: Slot): SlotField[] {
    if (byType.size === 0 || byType.size < type.possible.size || type.fields.size === 0) return [];
    const [first, ...others] = byType.values();
    return [...(first?.fields.values() ?? [])].filter((field) => {
      const there = type.fields.get(field.field.name);
      return (
        there !== undefined &&
        !fields.has(field.field.key) &&
        there.shape === field.there.shape &&
        there.typeName === field.there.typeName &&
        others.every((other) => isSame(field, other.fields.get(field.field.key)))
      );
    });
  }

  #printField({ field, sub }: SlotField, alias: string | undefined): string {
    const key = alias ?? field.key;
    if (alias) this.renames[alias] = field.key;
    for (const variable of field.variables) this.variables.add(variable);
    return `${key === field.name ? '' : `${key}:`}${field.name}${field.args}${sub ? this.print(sub) : ''}`;
  }
}

function isSame(one: SlotField, other: SlotField | undefined): boolean {
  return (
    other !== undefined &&
    one.field.key === other.field.key &&
    one.sub === other.sub &&
    one.there.shape === other.there.shape
  );
}

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
