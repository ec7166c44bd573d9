import { type FieldNode, Kind, print, type SelectionSetNode, visit } from 'graphql';

/** A selected field. Equal fields are one object, so identity is equality. */
export interface Field {
  readonly id: number;
  /** The key that the value has in subgraph answers and in the gateway's data. */
  readonly key: string;
  readonly name: string;
  /** Printed arguments with their parentheses, or empty. */
  readonly args: string;
  readonly variables: readonly string[];
  readonly sub: Selection | undefined;
}

export interface Condition {
  readonly type: string;
  readonly selection: Selection;
}

/** A selection set. Equal selection sets are one object, so identity is equality. */
export interface Selection {
  readonly id: number;
  readonly fields: readonly Field[];
  readonly conditions: readonly Condition[];
}

/** Says whether everything of `type` satisfies a type condition. */
export type Satisfies = (condition: string, type: string) => boolean;

/** Names the response key of a field. */
export type KeyOf = (field: FieldNode, args: string) => string;

/** The key of a client's field: normalisation has made it unique per field and arguments. */
const responseKey: KeyOf = (field) => (field.alias ?? field.name).value;

/**
 * Makes selections, each distinct one once. A planner has one table for the supergraph's own field sets, and each
 * operation one more on top of it, which goes with the operation.
 */
export class Selections {
  readonly #parent: Selections | undefined;
  readonly #satisfies: Satisfies;
  readonly #fields = new Map<string, Field>();
  readonly #selections = new Map<string, Selection>();
  readonly #flat = new Map<string, readonly Field[]>();
  #next: number;

  constructor(satisfies: Satisfies, parent?: Selections) {
    this.#satisfies = satisfies;
    this.#parent = parent;
    this.#next = parent ? parent.#next : 1;
  }

  get empty(): Selection {
    return this.of([], []);
  }

  of(fields: readonly Field[], conditions: readonly Condition[]): Selection {
    const name = `${fields.map(({ id }) => id).join()}|${conditions.map(({ type, selection }) => `${type}:${selection.id}`).join()}`;
    const known = this.#find((table) => table.#selections.get(name));
    if (known) return known;
    const selection: Selection = { id: this.#next++, fields, conditions };
    this.#selections.set(name, selection);
    return selection;
  }

  field(parts: Omit<Field, 'id'>): Field {
    const name = `${parts.key}:${parts.name}${parts.args}{${parts.sub?.id ?? ''}`;
    const known = this.#find((table) => table.#fields.get(name));
    if (known) return known;
    const field: Field = { ...parts, id: this.#next++ };
    this.#fields.set(name, field);
    return field;
  }

  /** Looks something up in the supergraph's table, then in this one. */
  #find<T>(get: (table: Selections) => T | undefined): T | undefined {
    return (this.#parent && get(this.#parent)) ?? get(this);
  }

  read(node: SelectionSetNode, keyOf: KeyOf = responseKey): Selection {
    const fields: Field[] = [];
    const conditions: Condition[] = [];
    for (const item of node.selections) {
      if (item.kind === Kind.FIELD) {
        // Aliased, `__typename` asks for presence only, which every fetch shows.
        if (item.name.value !== '__typename' || !item.alias) fields.push(this.#readField(item, keyOf));
      } else if (item.kind === Kind.INLINE_FRAGMENT) {
        const inner = this.read(item.selectionSet, keyOf);
        if (item.typeCondition) conditions.push({ type: item.typeCondition.name.value, selection: inner });
        else {
          fields.push(...inner.fields);
          conditions.push(...inner.conditions);
        }
      }
    }
    return this.of(this.unite(fields), conditions);
  }

  #readField(node: FieldNode, keyOf: KeyOf): Field {
    const args = node.arguments?.length ? `(${node.arguments.map((argument) => print(argument)).join(' ')})` : '';
    const variables = new Set<string>();
    if (args.includes('$')) {
      for (const argument of node.arguments ?? []) {
        visit(argument, { Variable: ({ name }) => void variables.add(name.value) });
      }
    }
    return this.field({
      key: keyOf(node, args),
      name: node.name.value,
      args,
      variables: [...variables],
      sub: node.selectionSet && this.read(node.selectionSet, keyOf),
    });
  }

  /** Unites fields of one key. */
  unite(fields: readonly Field[]): readonly Field[] {
    const byKey = new Map<string, Field>();
    for (const field of fields) {
      const other = byKey.get(field.key);
      if (!other || other === field) byKey.set(field.key, field);
      else byKey.set(field.key, this.field({ ...field, sub: this.merge(other.sub, field.sub) }));
    }
    return byKey.size === fields.length ? fields : [...byKey.values()];
  }

  merge(one: Selection | undefined, other: Selection | undefined): Selection | undefined {
    if (!one || !other || one === other) return one ?? other;
    return this.of(this.unite([...one.fields, ...other.fields]), [...one.conditions, ...other.conditions]);
  }

  /** Returns what a selection selects of an object of a type, its fragments written out. */
  forType(selection: Selection, type: string): readonly Field[] {
    if (selection.conditions.length === 0) return selection.fields;
    const name = `${selection.id} ${type}`;
    let flat = this.#find((table) => table.#flat.get(name));
    if (!flat) {
      const inner = selection.conditions.flatMap((condition) =>
        this.#satisfies(condition.type, type) ? this.forType(condition.selection, type) : [],
      );
      flat = this.unite([...selection.fields, ...inner]);
      this.#flat.set(name, flat);
    }
    return flat;
  }

  /** Returns whether a selection has a condition that not everything of a type satisfies. */
  hasConditions(selection: Selection, type: string): boolean {
    return selection.conditions.some(
      (condition) => !this.#satisfies(condition.type, type) || this.hasConditions(condition.selection, type),
    );
  }
}
