import type { RequiresSelection } from '../planner/plan.ts';
import { isRecord, Rec } from './record.ts';
import type { TypeConditions } from './type-conditions.ts';

/** A field that a representation holds. `copy` takes what is required of its objects, undefined where some is missing. */
interface RequiredField {
  readonly name: string;
  /** The key that its value has in the answer. */
  readonly key: string;
  readonly copy: ((value: unknown) => unknown) | undefined;
}

/** The representation of one type's entities for a subgraph. */
export interface Representation {
  /** The `__typename` that is sent. */
  readonly typename: string;
  readonly fields: readonly RequiredField[];
}

/** Returns the representation of an entity by its type; undefined for a type that is not asked for. */
export type RepresentationOf = (entity: Rec) => Representation | undefined;

/** @param sentTypename the `__typename` that the subgraph knows the entities by, where it isn't their own */
export function compileRepresentations(
  requires: readonly RequiresSelection[],
  types: TypeConditions,
  sentTypename?: string,
): RepresentationOf {
  const byType = new Map<string, Representation | undefined>();
  return ({ __typename: typename }) => {
    if (typeof typename !== 'string') return undefined;
    if (byType.has(typename)) return byType.get(typename);
    const fields = requiredFields(requires, typename, types);
    const representation = fields && { typename: sentTypename ?? typename, fields };
    byType.set(typename, representation);
    return representation;
  };
}

/** Makes the representation of an entity that has all fields which the subgraph needs. */
export function makeRepresentation({ typename, fields }: Representation, entity: Rec): Rec {
  const representation = new Rec();
  representation.__typename = typename;
  for (const { name, key, copy } of fields) {
    representation[name] = copy ? copy(entity[key]) : entity[key];
  }
  return representation;
}

/** Returns the fields that are required of an object of a known type, beside the type; undefined where nothing is required. */
function requiredFields(
  requires: readonly RequiresSelection[],
  typename: string,
  types: TypeConditions,
): RequiredField[] | undefined {
  const fields = new Map<string, { name: string; selections: RequiresSelection[] }>();
  let isAsked = false;
  const collect = (selection: RequiresSelection): void => {
    if (selection.kind === 'InlineFragment') {
      if (types(selection.typeCondition).has(typename)) {
        isAsked = true;
        selection.selections.forEach(collect);
      }
      return;
    }
    isAsked = true;
    if (selection.name === '__typename') return;
    const key = selection.key ?? selection.name;
    const known = fields.get(key)?.selections ?? [];
    fields.set(key, { name: selection.name, selections: [...known, ...(selection.selections ?? [])] });
  };
  requires.forEach(collect);
  if (!isAsked) return undefined;
  return Array.from(fields, ([key, { name, selections }]) => {
    const take = selections.length > 0 ? compileTake(selections, types) : undefined;
    return { name, key, copy: take && ((value) => copyValue(value, take)) };
  });
}

/** Takes what is required of an object whose type isn't known before; false where some is missing. */
type Take = (source: Rec, into: Rec) => boolean;

function compileTake(selections: readonly RequiresSelection[], types: TypeConditions): Take {
  const steps = selections.map((selection): Take => {
    if (selection.kind === 'InlineFragment') {
      const allowed = types(selection.typeCondition);
      const take = compileTake(selection.selections, types);
      return (source, into) => {
        const typename = source.__typename;
        return typeof typename === 'string' && !allowed.has(typename) ? true : take(source, into);
      };
    }
    const { name, key = name } = selection;
    const take = selection.selections?.length ? compileTake(selection.selections, types) : undefined;
    return (source, into) => {
      const value = take ? copyValue(source[key], take) : source[key];
      if (value === undefined) return false;
      into[name] = value;
      return true;
    };
  });
  // An object that may be of several types says of which it is: its subgraph could not tell otherwise.
  const isAbstract = selections.some(({ kind }) => kind === 'InlineFragment');
  return (source, into) => {
    if (isAbstract && typeof source.__typename === 'string') into.__typename = source.__typename;
    for (const step of steps) if (!step(source, into)) return false;
    return true;
  };
}

function copyValue(value: unknown, take: Take): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) {
      const copied = copyValue(item, take);
      if (copied === undefined) return undefined;
      items.push(copied);
    }
    return items;
  }
  if (!isRecord(value)) return undefined;
  const into = new Rec();
  return take(value, into) ? into : undefined;
}

/** The representations of one call, each sent once, and which entities (of which `Target`) wait for which. */
export class RepresentationList<Target> {
  readonly representations: Rec[] = [];
  readonly waiting: { readonly entity: Rec; readonly index: number; readonly target: Target }[] = [];
  readonly #known = new Known();

  /** Adds an entity, unless it lacks a field that the subgraph needs (null is a value). */
  add(entity: Rec, representation: Representation, target: Target): void {
    const known = this.#find(representation, entity);
    if (!known) return;
    if (known.index < 0) {
      known.index = this.representations.push(makeRepresentation(representation, entity)) - 1;
    }
    this.waiting.push({ entity, index: known.index, target });
  }

  /**
   * Finds a representation by the values that it would hold, so that only new ones are made. Returns undefined for an entity
   * that lacks one of them.
   */
  #find({ typename, fields }: Representation, entity: Rec): Known | undefined {
    let known = this.#known.at(typename);
    for (const { key, copy } of fields) {
      const value = copy ? copy(entity[key]) : entity[key];
      if (value === undefined) return undefined;
      known =
        typeof value === 'object' && value !== null ? known.at(STRUCTURE).at(JSON.stringify(value)) : known.at(value);
    }
    return known;
  }
}

/** Stands before the text of an object or a list, so that it is no string's. */
const STRUCTURE = Symbol('structure');

/** Where the representations are whose fields begin with the same values. */
class Known {
  /** The index of the representation that ends here, or -1. */
  index = -1;
  readonly #next = new Map<unknown, Known>();

  at(value: unknown): Known {
    let next = this.#next.get(value);
    if (!next) {
      next = new Known();
      this.#next.set(value, next);
    }
    return next;
  }
}
