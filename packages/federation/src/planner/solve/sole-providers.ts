import type { Model } from '../model/model.ts';
import type { Field, Selections } from '../selection.ts';
import type { Steps } from '../steps.ts';
import type { Views } from './view.ts';

/** The tables of one operation. */
export interface Operation {
  readonly model: Model;
  readonly selections: Selections;
  readonly views: Views;
  readonly steps: Steps;
}

/**
 * Returns the subgraphs that an operation asks in any case, as each alone resolves some selected field. Where two subgraphs
 * answer a position at the same cost, such a one is preferred: it may answer several positions in one request.
 */
export function soleProviders(operation: Operation, type: string, fields: readonly Field[]): ReadonlySet<number> {
  const { model, selections, views, steps } = operation;
  const providers = new Set<number>();
  const seen = new Set<string>();
  const visit = (object: string, selected: readonly Field[]): void => {
    steps.take(Math.ceil(selected.length / 10));
    for (const { name, sub } of selected) {
      const able = model.subgraphs.filter(({ types }) => {
        const field = types.get(object)?.fields.get(name);
        return field && !field.isExternal && views.isHere(field);
      });
      if (able.length === 1) providers.add(able[0]!.index);
      const inner = model.types.get(object)?.fields.get(name);
      if (!sub || inner === undefined || seen.has(`${sub.id} ${inner}`)) continue;
      seen.add(`${sub.id} ${inner}`);
      for (const possible of model.types.get(inner)?.possible ?? []) visit(possible, selections.forType(sub, possible));
    }
  };
  visit(type, fields);
  return providers;
}
