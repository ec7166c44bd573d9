import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import type { KeyTree } from '../normalise/normalise.ts';
import type { Call, SubgraphResult } from '../subgraph.ts';
import type { References } from '../supergraph/subgraphs.ts';
import { type ClientPath, clientPath, fetchError, subgraphError } from './fault.ts';
import type { Position } from './layout.ts';
import { fieldPaths, locate, type Part, type Target } from './parts.ts';
import { type DataPath, isRecord, Rec } from './record.ts';
import type { RepresentationList } from './representations.ts';
import { renamedPath } from './selection.ts';

/** One execution of a plan: what has arrived, its errors, and whether the client still waits. */
export class Run {
  readonly data: Rec = new Rec();
  readonly errors: GraphQLError[] = [];
  /** Places without a value of which an error already tells why. */
  readonly explained: ClientPath[] = [];
  /** Entities that subgraphs only referred to, and of which a subgraph that resolves them answered that there is none. */
  readonly notFound = new Set<Rec>();
  /** Entities of which another subgraph answered something. */
  readonly found = new Set<Rec>();
  /** The schema coordinates of what subgraphs of ours have masked. */
  readonly masked = new Set<string>();
  /** Fetches, by identity: their code is above this class. */
  readonly underWay = new Set<object>();
  readonly finished = new Set<object>();
  readonly call: Call;
  /** Coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The time was over before all of it was there. */
  isExpired = false;
  /** The answer is given: nothing that arrives now may change it. */
  isOver = false;

  constructor(call: Call, variables: Readonly<Record<string, unknown>>) {
    this.call = call;
    this.variables = variables;
  }

  report(error: GraphQLError, leavesEmpty: readonly ClientPath[]): void {
    this.errors.push(error);
    this.explained.push(...leavesEmpty);
  }
}

/** The representations that were sent, for each part of a fetch. */
export type Sent = readonly RepresentationList<Target>[];

/** The parts of a fetch that its result is merged by. */
export interface Receiver {
  readonly subgraphName: string;
  readonly keys: KeyTree;
  readonly references: References;
  readonly parts: readonly Part[];
  readonly affected: readonly ClientPath[];
}

/** Merges a subgraph's result into the answer, and reports its errors and what it has no right to look like. */
export function receive(receiver: Receiver, run: Run, result: SubgraphResult, sent: Sent): void {
  const errors: readonly GraphQLFormattedError[] = Array.isArray(result?.errors) ? result.errors : [];
  const data: unknown = result?.data;
  for (const error of errors) report(receiver, run, error, sent);
  addMasked(run, result?.extensions?.masked);
  if (!isRecord(data)) {
    if (errors.length === 0) reject(receiver, run, 'answered without data');
    else run.explained.push(...receiver.affected);
    return;
  }
  receiver.parts.forEach((part, index) => {
    const { entities, targets } = part;
    if (entities) {
      receiveEntities(receiver, run, part, sent[index]!, data[entities.responseKey], errors.length > 0);
    } else {
      for (const { place, merge } of targets) place.forEach(run.data, (object) => merge(object, data));
    }
  });
}

/** Adds the coordinates that a subgraph masked. A remote subgraph's extensions never come this far (`remote/read-answer.ts`). */
function addMasked(run: Run, masked: unknown): void {
  if (!Array.isArray(masked)) return;
  for (const coordinate of masked) if (typeof coordinate === 'string') run.masked.add(coordinate);
}

function receiveEntities(
  receiver: Receiver,
  run: Run,
  { targets, selection }: Part,
  { representations, waiting }: RepresentationList<Target>,
  received: unknown,
  hasErrors: boolean,
): void {
  if (representations.length === 0) return;
  if (received == null && hasErrors) {
    for (const { place } of targets) run.explained.push(...fieldPaths(receiver.keys, place.pattern, selection));
    return;
  }
  if (!Array.isArray(received) || received.length !== representations.length) {
    reject(receiver, run, 'answered with another number of entities than it was asked for');
    return;
  }
  let isFaulty = false;
  const nulled = new Set<Rec>();
  const isUnproven = new Map(targets.map((target) => [target, unproven(receiver.references, target.position)]));
  for (const { entity, index, target } of waiting) {
    const arrived: unknown = received[index];
    const isReference = isUnproven.get(target)?.(entity) === true;
    if (isRecord(arrived)) {
      target.merge(entity, arrived);
      if (isReference) run.found.add(entity);
    } else if (arrived === null) {
      nulled.add(entity);
      if (isReference && !hasErrors) run.notFound.add(entity);
    } else {
      isFaulty = true;
    }
  }
  if (isFaulty) reject(receiver, run, 'answered with something that is no entity');
  // Where errors have nulled whole entities, they tell why each of the fields asked for is missing.
  if (hasErrors && nulled.size > 0) {
    for (const path of locate(run.data, targets, nulled)) {
      run.explained.push(...fieldPaths(receiver.keys, path, selection));
    }
  }
}

/** Returns a test of whether subgraphs that don't resolve an entity only name it at a position; undefined where none may. */
function unproven(references: References, { sources }: Position): ((entity: Rec) => boolean) | undefined {
  const known = [...sources].map((subgraph) => references.get(subgraph));
  if (known.length === 0 || known.includes(undefined)) return undefined;
  return ({ __typename }) => known.every((types) => typeof __typename === 'string' && types?.has(__typename));
}

function reject({ subgraphName, affected }: Receiver, run: Run, what: string): void {
  const message = `The subgraph "${subgraphName}" ${what}.`;
  run.report(fetchError('SUBGRAPH_INVALID_RESPONSE', subgraphName, message, affected), affected);
}

/** Puts an error of the subgraph where the client finds it: at every entity that waited for the representation. */
function report(receiver: Receiver, run: Run, error: GraphQLFormattedError, sent: Sent): void {
  for (const path of errorPaths(receiver, run, error?.path, sent)) {
    const inClientKeys = path && clientPath(receiver.keys, path);
    run.report(subgraphError(receiver.subgraphName, error, inClientKeys), inClientKeys?.length ? [inClientKeys] : []);
  }
}

function errorPaths({ parts }: Receiver, run: Run, path: unknown, sent: Sent): readonly (DataPath | undefined)[] {
  if (!Array.isArray(path)) return [undefined];
  const [responseKey, index, ...below] = path;
  const position = parts.findIndex(({ entities }) => !entities || entities.responseKey === responseKey);
  const part = parts[position];
  if (!part) return [undefined];
  const objects = new Set<Rec>();
  if (part.entities) {
    for (const waiting of sent[position]!.waiting) if (waiting.index === index) objects.add(waiting.entity);
  } else {
    for (const { place } of part.targets) place.forEach(run.data, (object) => objects.add(object));
  }
  const rest = renamedPath(part.selection, part.entities ? below : path);
  const found = locate(run.data, part.targets, objects).map((base) => [...base, ...rest]);
  return found.length > 0 ? found : [undefined];
}
