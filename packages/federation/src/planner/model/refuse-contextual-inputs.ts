import { FederationError } from '../errors.ts';
import type { Selection } from '../selection.ts';
import type { Model, Subgraph, SubgraphType } from './model.ts';

/**
 * Refuses a supergraph in which a key, a `@requires` or a context reads a field that only `@fromContext` answers. Such a value
 * belongs to a place of the answer and not to the object, so it can't be sent as part of a representation. Composers refuse
 * this too, save in some cases.
 * @throws FederationError INVALID_SUPERGRAPH
 */
export function refuseContextualInputs(model: Model): void {
  if (model.contexts.size === 0) return;
  for (const subgraph of model.subgraphs) {
    for (const type of subgraph.types.values()) refuseInputsOf(model, type);
  }
}

function refuseInputsOf(model: Model, type: SubgraphType): void {
  const { subgraph, keys, fields } = type;
  const refuse = (input: string, read: string): never => {
    throw new FederationError(
      'INVALID_SUPERGRAPH',
      `${input} in the subgraph "${subgraph.name}" reads "${read}", which takes an argument from a context. The value of such ` +
        'a field depends on its place in the answer, so no subgraph can be sent it: let one subgraph have both.',
    );
  };
  const readByKeys = keys.map((key) => contextualIn(model, key, type.name, subgraph));
  if (readByKeys.length > 0 && readByKeys.every((read) => read !== undefined)) {
    refuse(`Each @key of "${type.name}"`, readByKeys[0]!);
  }
  for (const { name, requires, contexts } of fields.values()) {
    const required = requires && contextualIn(model, requires, type.name, subgraph);
    if (required) refuse(`The @requires of "${type.name}.${name}"`, required);
    for (const { context, selection } of contexts) {
      for (const setter of model.contexts.get(context) ?? []) {
        const read = contextualIn(model, selection, setter, undefined);
        if (read) refuse(`The @fromContext of "${type.name}.${name}"`, read);
      }
    }
  }
}

/** Returns the coordinate of the first selected field that no subgraph, save `except`, answers without a context. */
function contextualIn(
  model: Model,
  selection: Selection,
  typeName: string,
  except: Subgraph | undefined,
): string | undefined {
  for (const object of model.types.get(typeName)?.possible ?? []) {
    for (const { name, sub } of model.selections.forType(selection, object)) {
      if (isContextual(model, object, name, except)) return `${object}.${name}`;
      const inner = model.types.get(object)?.fields.get(name);
      const found = sub && inner !== undefined ? contextualIn(model, sub, inner, except) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}

function isContextual({ subgraphs }: Model, type: string, name: string, except: Subgraph | undefined): boolean {
  const all = subgraphs.flatMap((subgraph) => {
    const field = subgraph.types.get(type)?.fields.get(name);
    return field && !field.isExternal ? { subgraph, field } : [];
  });
  const isPlain = ({ subgraph, field }: (typeof all)[number]) => field.contexts.length === 0 && subgraph !== except;
  return all.some(({ field }) => field.contexts.length > 0) && !all.some(isPlain);
}
