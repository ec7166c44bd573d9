import type { ContextInput } from '../contexts.ts';
import { type Path, Paths, segmentsOf } from '../path.ts';
import type {
  BatchFetchNode,
  ContextVariable,
  FetchNode,
  FlattenNode,
  PathSegment,
  PlanNode,
  QueryPlan,
  RequiresSelection,
} from '../plan.ts';
import type { Field, Selection } from '../selection.ts';
import type { Steps } from '../steps.ts';
import type { EntityInputs, Part } from './build.ts';
import { OperationPrinter } from './print.ts';

/** The parts that the fetches of an operation share. */
export interface EmitContext {
  readonly kind: 'query' | 'mutation';
  /** The declarations of the operation's variables, by name: type and default. */
  readonly variables: ReadonlyMap<string, string>;
  readonly steps: Steps;
}

/** Entities that are asked for the same: one alias of `_entities`. */
interface EntityGroup {
  readonly text: string;
  readonly typeName: string;
  readonly typename: string | undefined;
  readonly requires: Map<string, { readonly selections: readonly RequiresSelection[]; readonly name: string }>;
  readonly paths: Paths;
  readonly parts: Part[];
}

/** Writes parts as a plan: one wave after the other, and in a wave one request for each subgraph. */
export function emit(parts: readonly Part[], context: EmitContext): QueryPlan {
  const waves = new Map<number, Map<string, Part[]>>();
  for (const part of parts) {
    const wave = waves.get(part.level) ?? new Map<string, Part[]>();
    waves.set(part.level, wave);
    // A root fetch below an entity is a request of its own.
    const name = part.entity ? part.subgraph : `${part.subgraph} ${part.slot.id}`;
    wave.set(name, [...(wave.get(name) ?? []), part]);
  }
  const levels = [...waves.keys()].sort((one, other) => one - other);
  const nodes = levels.map((level): PlanNode => {
    const fetches = Array.from(waves.get(level)!.values()).flatMap((own) => request(own, context));
    return fetches.length === 1 ? fetches[0]! : { kind: 'Parallel', nodes: fetches };
  });
  if (nodes.length === 0) return { kind: 'QueryPlan' };
  return { kind: 'QueryPlan', node: nodes.length === 1 ? nodes[0]! : { kind: 'Sequence', nodes } };
}

function request(parts: readonly Part[], context: EmitContext): PlanNode[] {
  const [first] = parts;
  if (!first) return [];
  if (!first.entity) return rootRequest(first, context);
  const plain = parts.filter(({ entity }) => entity?.contexts.length === 0);
  const contextual = parts.filter((part) => !plain.includes(part));
  return [
    ...(plain.length > 0 ? [entityRequest(plain, context)] : []),
    // Arguments belong to a request, and each distinct value of a context takes one.
    ...contextual.map((part) => entityRequest([part], context)),
  ];
}

function rootRequest({ slot, subgraph, level, paths }: Part, context: EmitContext): PlanNode[] {
  const printer = new OperationPrinter();
  printer.count(slot);
  const kind = level === 0 ? context.kind : 'query';
  const body = printer.print(slot);
  const head = operationHead(kind, printer, [], context);
  const fetch: FetchNode = {
    kind: 'Fetch',
    serviceName: subgraph,
    operationKind: kind,
    ...operation(`${head}${body}${printer.fragments}`, printer, context),
    ...renames(printer),
  };
  return paths
    .all()
    .map((path): PlanNode => (path.length === 0 ? fetch : { kind: 'Flatten', path: segmentsOf(path), node: fetch }));
}

function entityRequest(parts: readonly Part[], context: EmitContext): FlattenNode | BatchFetchNode {
  const printer = new OperationPrinter();
  for (const { slot } of parts) printer.count(slot);
  const groups = groupsOf(parts, printer, context);
  const serviceName = parts[0]!.subgraph;
  const single = groups.length === 1 ? groups[0] : undefined;
  const paths = single?.paths.all() ?? [];
  if (single && paths.length === 1) {
    const body = `{_entities(representations:$representations){...on ${single.typeName}{${single.text}}}}`;
    const { contexts } = parts[0]!.entity!;
    const head = operationHead('query', printer, ['representations'], context, contexts);
    return {
      kind: 'Flatten',
      path: writtenPath(paths[0]!, context),
      node: {
        kind: 'Fetch',
        serviceName,
        operationKind: 'query',
        ...operation(`${head}${body}${printer.fragments}`, printer, context),
        requires: requiresOf(single),
        ...(contexts.length > 0 ? { contexts: contexts.map((one) => contextVariable(one, paths[0]!)) } : {}),
        ...(single.typename === undefined ? {} : { typename: single.typename }),
        ...renames(printer),
      },
    };
  }
  const fields = groups.map(
    ({ typeName, text }, index) => `_e${index}:_entities(representations:$_r${index}){...on ${typeName}{${text}}}`,
  );
  const head = operationHead(
    'query',
    printer,
    groups.map((_, index) => `_r${index}`),
    context,
  );
  return {
    kind: 'BatchFetch',
    serviceName,
    operationKind: 'query',
    ...operation(`${head}{${fields.join(' ')}}${printer.fragments}`, printer, context),
    entityBatch: {
      aliases: groups.map((group, index) => ({
        alias: `_e${index}`,
        representationsVariableName: `_r${index}`,
        paths: group.paths.all().map((path) => writtenPath(path, context)),
        requires: requiresOf(group),
        ...(group.typename === undefined ? {} : { typename: group.typename }),
        ...renames(printer),
      })),
    },
  };
}

function contextVariable({ variable, depth, selection }: ContextInput, path: Path): ContextVariable {
  const segments = segmentsOf(path.slice(0, depth)).length;
  return { variable, segments, selections: selectionsOf(selection) };
}

function writtenPath(path: Path, { steps }: EmitContext): PathSegment[] {
  const segments = segmentsOf(path);
  steps.write(JSON.stringify(segments).length);
  return segments;
}

/** Unites parts that ask for the same of entities, unless one type would be represented in two ways. */
function groupsOf(parts: readonly Part[], printer: OperationPrinter, context: EmitContext): EntityGroup[] {
  const groups: EntityGroup[] = [];
  for (const part of parts) {
    context.steps.take();
    const { slot, entity, paths } = part;
    const { type, typename } = entity!;
    const text = printer.inner(slot);
    const selections = requirements(entity!);
    const name = JSON.stringify(selections);
    let group = groups.find(
      (other) =>
        other.text === text &&
        other.typeName === slot.type.name &&
        other.typename === typename &&
        (other.requires.get(type)?.name ?? name) === name,
    );
    if (!group) {
      group = { text, typeName: slot.type.name, typename, requires: new Map(), paths: new Paths(), parts: [] };
      groups.push(group);
    }
    group.requires.set(type, { selections, name });
    group.parts.push(part);
    for (const path of paths.all()) group.paths.add(path);
  }
  return groups;
}

function requiresOf({ requires }: EntityGroup): RequiresSelection[] {
  return Array.from(requires, ([typeCondition, { selections }]) => ({
    kind: 'InlineFragment',
    typeCondition,
    selections,
  }));
}

function requirements({ inputs }: EntityInputs): RequiresSelection[] {
  return [{ kind: 'Field', name: '__typename' }, ...inputs.map(requirement)];
}

function requirement({ name, key, sub }: Field): RequiresSelection {
  return {
    kind: 'Field',
    name,
    ...(key === name ? {} : { key }),
    ...(sub ? { selections: selectionsOf(sub) } : {}),
  };
}

function selectionsOf({ fields, conditions }: Selection): RequiresSelection[] {
  return [
    ...fields.map(requirement),
    ...conditions.map(
      ({ type, selection }): RequiresSelection => ({
        kind: 'InlineFragment',
        typeCondition: type,
        selections: selectionsOf(selection),
      }),
    ),
  ];
}

function operation(
  text: string,
  { variables }: OperationPrinter,
  { steps }: EmitContext,
): Pick<FetchNode, 'operation' | 'variableUsages'> {
  steps.write(text.length);
  return { operation: text, ...(variables.size > 0 ? { variableUsages: [...variables] } : {}) };
}

function renames({ renames }: OperationPrinter): Pick<FetchNode, 'renames'> {
  return Object.keys(renames).length > 0 ? { renames } : {};
}

function operationHead(
  kind: 'query' | 'mutation',
  { variables }: OperationPrinter,
  representations: readonly string[],
  context: EmitContext,
  contexts: readonly ContextInput[] = [],
): string {
  const declared = [
    ...representations.map((name) => `$${name}:[_Any!]!`),
    ...contexts.map(({ variable, type }) => `$${variable}:${type}`),
    ...Array.from(variables, (name) => `$${name}:${context.variables.get(name)}`),
  ];
  if (declared.length === 0) return kind === 'query' ? '' : kind;
  return `${kind}(${declared.join(' ')})`;
}
