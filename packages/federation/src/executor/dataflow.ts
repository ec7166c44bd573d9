import type { RequiresSelection } from '../planner/plan.ts';
import type { Place } from './record.ts';
import type { Selection } from './selection.ts';

/** Fields of the answer by their keys from the root on, dotted, over all list items and types. */
export type Fields = ReadonlySet<string>;

/**
 * Returns the fields that must be written before a place can be asked for: the leaves of representations, the types that
 * decide on the way there, and the place itself where nothing is required of it. All between is there with these.
 */
export function fieldsRead({ pattern, typed }: Place, requires: readonly RequiresSelection[]): Fields {
  const place = dotted(pattern);
  const fields = new Set(typed.map((way) => below(dotted(way), '__typename')));
  const collect = (selections: readonly RequiresSelection[], at: string): void => {
    for (const selection of selections) {
      if (selection.kind === 'InlineFragment') {
        fields.add(below(at, '__typename'));
        collect(selection.selections, at);
      } else if (selection.selections?.length)
        collect(selection.selections, below(at, selection.key ?? selection.name));
      else fields.add(below(at, selection.key ?? selection.name));
    }
  };
  collect(requires, place);
  if (requires.length > 0) fields.add(below(place, '__typename'));
  else if (place !== '') fields.add(place);
  return fields;
}

/** Returns every field that a selection writes at a place, leaf or not. */
export function fieldsWritten({ pattern }: Place, selection: Selection): Fields {
  const fields = new Set<string>();
  const collect = (level: Selection, at: string): void => {
    for (const { to, below: inner } of level.values()) {
      fields.add(below(at, to));
      if (inner) collect(inner, below(at, to));
    }
  };
  collect(selection, dotted(pattern));
  return fields;
}

function dotted(pattern: readonly string[]): string {
  return pattern.filter((key) => key !== '@').join('.');
}

function below(at: string, key: string): string {
  return at === '' ? key : `${at}.${key}`;
}
