import type { RequiresSelection, Rewrite } from '../planner/plan.ts';
import { isRecord, Rec } from './record.ts';
import type { TypeConditions } from './type-conditions.ts';

/**
 * An entity's representation for a subgraph; undefined where the entity is of no type that is asked for, or lacks a field
 * that the subgraph needs (null is a value).
 */
export type Represent = (entity: Rec) => Rec | undefined;

export function compileRepresentation(
  requires: readonly RequiresSelection[],
  rewrites: readonly Rewrite[] | undefined,
  types: TypeConditions,
): Represent {
  const byType = new Map<string, Represent>();
  const setters = (rewrites ?? []).flatMap((rewrite) => compileSetter(rewrite, types) ?? []);
  return (entity) => {
    const typename = entity.__typename;
    if (typeof typename !== 'string') return undefined;
    let represent = byType.get(typename);
    if (!represent) {
      represent = compileForType(requires, typename, types);
      byType.set(typename, represent);
    }
    const representation = represent(entity);
    if (representation) for (const set of setters) set(representation);
    return representation;
  };
}

function compileForType(requires: readonly RequiresSelection[], typename: string, types: TypeConditions): Represent {
  const applying = requires.filter(
    (selection) => selection.kind === 'Field' || types(selection.typeCondition).has(typename),
  );
  if (applying.length === 0) return () => undefined;
  const read = compileRead(applying, types);
  return (entity) => {
    const representation = new Rec();
    representation.__typename = typename;
    return read(entity, representation) ? representation : undefined;
  };
}

/** Copies required fields into a representation; false where one is missing. */
type Read = (source: Rec, into: Rec) => boolean;

function compileRead(selections: readonly RequiresSelection[], types: TypeConditions): Read {
  const steps = selections.map((selection): Read => {
    if (selection.kind === 'InlineFragment') {
      const allowed = types(selection.typeCondition);
      const read = compileRead(selection.selections, types);
      return (source, into) => {
        const typename = source.__typename;
        return typeof typename === 'string' && !allowed.has(typename) ? true : read(source, into);
      };
    }
    const { name } = selection;
    if (!selection.selections?.length) {
      return (source, into) => {
        const value = source[name];
        if (value === undefined) return false;
        into[name] = value;
        return true;
      };
    }
    const read = compileRead(selection.selections, types);
    return (source, into) => {
      const value = readValue(source[name], read);
      if (value === undefined) return false;
      into[name] = value;
      return true;
    };
  });
  return (source, into) => {
    for (const step of steps) if (!step(source, into)) return false;
    return true;
  };
}

function readValue(value: unknown, read: Read): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) {
      const copied = readValue(item, read);
      if (copied === undefined) return undefined;
      items.push(copied);
    }
    return items;
  }
  if (!isRecord(value)) return undefined;
  const into = new Rec();
  return read(value, into) ? into : undefined;
}

/** The planner sets values where a subgraph knows an entity by another name: an interface object by its interface's. */
function compileSetter(rewrite: Rewrite, types: TypeConditions): ((representation: Rec) => void) | undefined {
  if (!('ValueSetter' in rewrite)) return undefined;
  const { path, setValueTo } = rewrite.ValueSetter;
  const set = (value: unknown, depth: number): void => {
    if (Array.isArray(value)) {
      for (const item of value) set(item, depth);
      return;
    }
    const segment = path[depth];
    if (!segment || !isRecord(value)) return;
    if ('TypenameEquals' in segment) {
      const typename = value.__typename;
      const matches = typeof typename === 'string' && segment.TypenameEquals.some((name) => types(name).has(typename));
      if (matches) set(value, depth + 1);
    } else if (depth === path.length - 1) {
      if (segment.Key in value) value[segment.Key] = setValueTo;
    } else {
      set(value[segment.Key], depth + 1);
    }
  };
  return (representation) => set(representation, 0);
}

/** The representations of one call, each sent once, and which entities (of which `Target`) wait for which. */
export class RepresentationList<Target> {
  readonly representations: Rec[] = [];
  readonly waiting: { readonly entity: Rec; readonly index: number; readonly target: Target }[] = [];
  readonly #known = new Map<unknown, Map<unknown, number>>();

  add(entity: Rec, representation: Rec, target: Target): void {
    const { __typename } = representation;
    let known = this.#known.get(__typename);
    if (!known) {
      known = new Map();
      this.#known.set(__typename, known);
    }
    const identity = identify(representation);
    let index = known.get(identity);
    if (index === undefined) {
      index = this.representations.length;
      known.set(identity, index);
      this.representations.push(representation);
    }
    this.waiting.push({ entity, index, target });
  }
}

/**
 * A value that two representations of one type share only if they are equal: of one field, that field's text or number;
 * else a text that begins with what no JSON text begins with, so that it is no such field's.
 */
function identify(representation: Rec): unknown {
  let only: unknown;
  let count = 0;
  for (const key in representation) {
    if (key === '__typename') continue;
    only = representation[key];
    count += 1;
  }
  return count === 1 && typeof only === 'string' ? only : `\u0000${JSON.stringify(representation)}`;
}
