import { FederationError } from '../errors.ts';
import type { Path } from '../path.ts';
import type { Field } from '../selection.ts';
import type { Steps } from '../steps.ts';
import type { Part, Slot } from './build.ts';

/**
 * Checks that what each fetch is sent was asked for by an earlier one, at the same place.
 * @throws FederationError INVALID_PLAN, which is a fault of the planner: run, such a plan would leave fields silently null
 */
export function checkParts(parts: readonly Part[], steps: Steps): void {
  const written = new Map<string, number>();
  for (const { slot, level, paths } of parts) {
    for (const path of paths.all()) note(slot, dotted(path), level, written, steps, new Set());
  }
  for (const part of parts) {
    for (const path of part.paths.all()) {
      for (const place of readAt(part, path)) {
        const at = written.get(place);
        if (at === undefined || at >= part.level) {
          throw new FederationError(
            'INVALID_PLAN',
            `A fetch of the subgraph "${part.subgraph}" reads "${place}", which no earlier fetch asks for.`,
          );
        }
      }
    }
  }
}

/** The places that a part reads, at any of its paths. */
export function placesRead(part: Part): ReadonlySet<string> {
  return new Set(part.paths.all().flatMap((path) => readAt(part, path)));
}

/** The places that a part writes, at any of its paths. */
export function placesWritten({ slot, level, paths }: Part, steps: Steps): ReadonlySet<string> {
  const written = new Map<string, number>();
  for (const path of paths.all()) note(slot, dotted(path), level, written, steps, new Set());
  return new Set(written.keys());
}

/** The places that must have been written before a part is asked for at a path. */
function readAt({ entity }: Part, path: Path): string[] {
  const places: string[] = [];
  path.forEach(({ types }, index) => {
    if (types) places.push(below(dotted(path.slice(0, index + 1)), '__typename'));
  });
  const at = dotted(path);
  if (!entity) return path.length > 0 ? [...places, at] : places;
  places.push(below(at, '__typename'));
  const collect = (fields: readonly Field[], place: string): void => {
    for (const { key, sub } of fields) {
      if (!sub) places.push(below(place, key));
      else {
        collect(sub.fields, below(place, key));
        for (const { selection } of sub.conditions) {
          places.push(below(below(place, key), '__typename'));
          collect(selection.fields, below(place, key));
        }
      }
    }
  };
  collect(entity.inputs, at);
  for (const { depth, selection } of entity.contexts) {
    const setter = dotted(path.slice(0, depth));
    collect(selection.fields, setter);
  }
  return places;
}

/** Notes the lowest level at which each place is written. */
function note(
  slot: Slot,
  place: string,
  level: number,
  written: Map<string, number>,
  steps: Steps,
  seen: Set<string>,
): void {
  const name = `${slot.id} ${place}`;
  if (seen.has(name)) return;
  seen.add(name);
  steps.take();
  const write = (at: string) => {
    const known = written.get(at);
    if (known === undefined || known > level) written.set(at, level);
  };
  const isEmpty = slot.fields.size === 0 && slot.byType.size === 0;
  if (slot.isTypenameAsked || isEmpty) write(below(place, '__typename'));
  for (const [key, { sub }] of slot.fields) {
    const at = below(place, key);
    write(at);
    if (sub) note(sub, at, level, written, steps, seen);
  }
  for (const typed of slot.byType.values()) note(typed, place, level, written, steps, seen);
}

function dotted(path: Path): string {
  return path.map(({ key }) => key).join('.');
}

function below(place: string, key: string): string {
  return place === '' ? key : `${place}.${key}`;
}
