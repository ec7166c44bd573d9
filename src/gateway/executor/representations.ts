import type { RequiresSelection, Rewrite } from '../planner/plan.ts';
import { isRecord, Rec } from './record.ts';
import { compileSetter, type Setter } from './setter.ts';
import type { TypeConditions } from './type-conditions.ts';

/** A field that a representation holds. `copy` takes what is required of its objects, undefined where some is missing. */
interface RequiredField {
  readonly name: string;
  readonly copy: ((value: unknown) => unknown) | undefined;
}

/** How the entities of one type are represented for a subgraph. */
export interface Representation {
  readonly typename: string;
  readonly fields: readonly RequiredField[];
  readonly setters: readonly Setter[];
}

/** How an entity is represented, by its type; undefined where it is of none that is asked for. */
export type RepresentationOf = (entity: Rec) => Representation | undefined;

export function compileRepresentations(
  requires: readonly RequiresSelection[],
  rewrites: readonly Rewrite[] | undefined,
  types: TypeConditions,
): RepresentationOf {
  const byType = new Map<string, Representation | undefined>();
  const setters = (rewrites ?? []).flatMap((rewrite) => compileSetter(rewrite, types) ?? []);
  return ({ __typename: typename }) => {
    if (typeof typename !== 'string') return undefined;
    if (byType.has(typename)) return byType.get(typename);
    const fields = requiredFields(requires, typename, types);
    const representation = fields && { typename, fields, setters };
    byType.set(typename, representation);
    return representation;
  };
}

/** What a subgraph is sent for an entity; undefined where it lacks a field that the subgraph needs (null is a value). */
export function makeRepresentation({ typename, fields, setters }: Representation, entity: Rec): Rec | undefined {
  const representation = new Rec();
  representation.__typename = typename;
  for (const { name, copy } of fields) {
    const value = copy ? copy(entity[name]) : entity[name];
    if (value === undefined) return undefined;
    representation[name] = value;
  }
  for (const set of setters) set(representation);
  return representation;
}

/** What is required of an object of a known type, beside the type; undefined where nothing is, not even that. */
function requiredFields(
  requires: readonly RequiresSelection[],
  typename: string,
  types: TypeConditions,
): RequiredField[] | undefined {
  const fields = new Map<string, RequiresSelection[]>();
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
    fields.set(selection.name, [...(fields.get(selection.name) ?? []), ...(selection.selections ?? [])]);
  };
  requires.forEach(collect);
  if (!isAsked) return undefined;
  return Array.from(fields, ([name, selections]) => {
    const take = selections.length > 0 ? compileTake(selections, types) : undefined;
    return { name, copy: take && ((value) => copyValue(value, take)) };
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
    const { name } = selection;
    const take = selection.selections?.length ? compileTake(selection.selections, types) : undefined;
    return (source, into) => {
      const value = take ? copyValue(source[name], take) : source[name];
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
