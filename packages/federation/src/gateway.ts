import { createHash } from 'node:crypto';
import { type DocumentNode, type ExecutionResult, GraphQLError, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { askPolicies, Decisions, deniedOf, type Grants, NOBODY } from './authorization/authorize.ts';
import { visibleSchemas } from './authorization/visible-schema.ts';
import { MAX_CACHED_CHARACTERS } from './cached-documents.ts';
import { CodedError, type ErrorCode } from './errors.ts';
import { compilePlan, type ExecutablePlan, executePlan } from './executor/execute.ts';
import type { Run } from './executor/receive.ts';
import { Rec } from './executor/record.ts';
import { typeConditions } from './executor/type-conditions.ts';
import { MUTATION } from './limits/cost.ts';
import type { Logger } from './logger.ts';
import { fieldKeys } from './normalise/field-key.ts';
import type { KeyTree } from './normalise/normalise.ts';
import { activeLabels, KeptVariants, type Operation, prepareOperation, type Variant } from './operation.ts';
import type { QueryPlan } from './planner/plan.ts';
import type { Planner } from './plans/planner.ts';
import { askedErrors, missingErrors, Projection, type Variables } from './projection/projection.ts';
import { introspect } from './request/introspection.ts';
import { type Call, orAtEnd, type Subgraph } from './subgraph.ts';
import type { Supergraph } from './supergraph/supergraph.ts';

/** A measure of what running one operation came to; `actual` is absent where that isn't known, or time ran out. */
export interface Meter {
  actual?: number;
}

export interface GatewayOptions<Context extends Call = Call> {
  readonly supergraph: Supergraph;
  /** Subgraphs by their names in the supergraph. */
  readonly subgraphs: Readonly<Record<string, Subgraph<Context>>>;
  /** Makes the plans that aren't shipped. */
  readonly planner: Planner;
  /** Plans made at build time for this very supergraph, by `planKey` of the normalised operation. */
  readonly shippedPlans?: ReadonlyMap<string, QueryPlan>;
  /** The percentage of clients that each label of `@override` is active for, where it doesn't say so itself. Default: none. */
  readonly overrideShares?: Readonly<Record<string, number>>;
  /** Called once for an operation with denied fields, with their schema coordinates. */
  readonly onDenied?: (coordinates: readonly string[], call: Context) => void;
  /** Default: nothing is logged. */
  readonly log?: Logger;
}

export interface GatewayRequest<Context extends Call = Call> {
  /** Valid against the API's schema. */
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: Variables | null | undefined;
  readonly call: Context;
  /** The client's grants for guarded fields. Default: none. */
  readonly grants?: Grants | undefined;
  /** A key of the client: a field that moves between subgraphs by a label moves for one client once and for all. */
  readonly clientKey?: string | undefined;
  /** Learns what the answer came to. */
  readonly meter?: Meter | undefined;
  /** A hash of the document's text, by which work for an equal document is found. */
  readonly documentHash?: string | undefined;
}

/** Answers operations over the subgraphs of one supergraph. `execute` never rejects: `errors` have codes. */
export interface Gateway<Context extends Call = Call> {
  execute(request: GatewayRequest<Context>): Promise<ExecutionResult>;
  /** Returns the public schema as these grants see it: the fields they allow, and nothing that leads only to denied ones. */
  schemaFor(grants: Grants, call: Context): MaybePromise<GraphQLSchema>;
}

export function createGateway<Context extends Call = Call>(options: GatewayOptions<Context>): Gateway<Context> {
  const { supergraph, planner, shippedPlans, overrideShares = {}, onDenied, log } = options;
  // A plan hands every subgraph the very call that `execute` was given.
  const subgraphs = options.subgraphs as Readonly<Record<string, Subgraph>>;
  const { apiSchema, rules, references } = supergraph;
  const seenBy = visibleSchemas(supergraph);
  const keyOf = fieldKeys(apiSchema);
  const types = typeConditions(supergraph.conditions);
  const variants = new KeptVariants();
  const byHash = new LRUCache<string, Operation>({
    maxSize: MAX_CACHED_CHARACTERS,
    sizeCalculation: ({ characters }) => characters,
  });
  const byDocument = new WeakMap<DocumentNode, Map<string, Operation>>();
  const plans = new LRUCache<string, ExecutablePlan | CodedError>({
    maxSize: MAX_CACHED_CHARACTERS,
    sizeCalculation: (_, { length }) => length,
  });

  async function answer({
    call,
    variables: given,
    grants = NOBODY,
    clientKey,
    meter,
    ...request
  }: GatewayRequest<Context>): Promise<ExecutionResult> {
    const operation = prepare(request);
    const { coerced: variables, errors: faults } = operation.coerce(given ?? {});
    if (!variables) {
      if (meter) meter.actual = 0;
      return { errors: faults.map((fault) => withCode(fault, 'BAD_USER_INPUT')) };
    }

    const decisions = new Decisions(grants, log);
    const refused = await denied(operation.gated, decisions, call);
    const variant = operation.variant(variables, refused);
    const labels = activeLabels(supergraph.overrideLabels, overrideShares, clientKey);
    const run = variant.query === undefined ? undefined : await ask(variant, variant.query, labels, variables, call);
    const schemaPart =
      variant.introspection && introspect(await seenWith(decisions, call), variant.introspection, variables);

    const projection = new Projection(schemaPart?.data ?? undefined, run, variables);
    const data = variant.project(run ? run.data : new Rec(), projection) ?? null;
    if (meter && !run?.isExpired) meter.actual = projection.cost + (operation.isMutation ? MUTATION : 0);
    const places = projection.denied(variant.refused);
    if (places.length > 0) onDenied?.(refused, call);
    const errors = [
      ...places.map((path) => unauthorized(path, grants)),
      ...askedErrors(run?.errors ?? [], data),
      ...(schemaPart?.errors ?? []),
      ...projection.errors,
      ...missingErrors(projection, run?.explained ?? []),
    ];
    const masked = run && run.masked.size > 0 ? { extensions: { masked: [...run.masked].sort() } } : {};
    return errors.length > 0 ? { errors, data, ...masked } : { data, ...masked };
  }

  function seenWith(decisions: Decisions, call: Call): MaybePromise<GraphQLSchema> {
    const all = denied([...rules.keys()], decisions, call);
    return all instanceof Promise ? all.then(seenBy) : seenBy(all);
  }

  function denied(coordinates: readonly string[], decisions: Decisions, call: Call): MaybePromise<readonly string[]> {
    if (coordinates.length === 0) return coordinates;
    const asked = askPolicies(rules, coordinates, decisions);
    const decide = () => deniedOf(rules, coordinates, decisions);
    return asked ? orAtEnd(call, asked.then(decide), failAtDeadline) : decide();
  }

  async function ask(
    { keys, isKept }: Variant,
    query: string,
    labels: readonly string[],
    variables: Variables,
    call: Call,
  ): Promise<Run> {
    const plan = planFor(query, labels, keys, isKept);
    return executePlan(plan, call, variables);
  }

  function prepare({ document, operationName, documentHash }: Omit<GatewayRequest, 'call' | 'variables'>): Operation {
    const name = operationName == null ? '' : `:${operationName}`;
    const hashed = documentHash === undefined ? undefined : `${documentHash}${name}`;
    const known = hashed === undefined ? byDocument.get(document)?.get(name) : byHash.get(hashed);
    if (known) return known;
    const operation = prepareOperation(supergraph, keyOf, document, operationName, variants);
    if (hashed === undefined) {
      byDocument.set(document, (byDocument.get(document) ?? new Map<string, Operation>()).set(name, operation));
    } else {
      byHash.set(hashed, operation);
    }
    return operation;
  }

  /** Returns a plan that is kept, shipped or made now. An operation that can't be planned is remembered as one. */
  function planFor(query: string, labels: readonly string[], keys: KeyTree, isKept: boolean): ExecutablePlan {
    const name = labels.length === 0 ? query : [...labels, query].join('\n');
    const known = plans.get(name);
    if (known instanceof CodedError) throw known;
    if (known) return known;
    // Those are for clients for whom no label is active.
    const shipped = labels.length === 0 ? shippedPlans?.get(planKey(query)) : undefined;
    try {
      const compiled = compilePlan(shipped ?? planner.plan(query, labels), { subgraphs, types, keys, references });
      if (isKept) plans.set(name, compiled);
      return compiled;
    } catch (error) {
      if (isKept && error instanceof CodedError) plans.set(name, error);
      throw error;
    }
  }

  return {
    async execute(request) {
      try {
        return await answer(request);
      } catch (error) {
        return { errors: [asGraphQLError(error)] };
      }
    },
    schemaFor: (grants, call) => seenWith(new Decisions(grants, log), call),
  };
}

/** The name of a shipped plan: the hash of the normalised operation that it is for. */
export function planKey(normalisedQuery: string): string {
  return createHash('sha256').update(normalisedQuery).digest('hex');
}

type MaybePromise<T> = T | Promise<T>;

function failAtDeadline(): never {
  throw new CodedError('DEADLINE_EXCEEDED', 'The time was over before any subgraph was asked.');
}

/** Says the same of every field: a message tells nothing of a schema that the client doesn't see. */
function unauthorized(path: readonly string[], { authenticated }: Grants): GraphQLError {
  const message = authenticated
    ? "Unauthorized field or type: your credential's scopes or roles don't cover it"
    : 'Unauthorized field or type: it is not for anonymous callers, sign in or send a credential';
  return new GraphQLError(message, { path, extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } });
}

function withCode(error: GraphQLError, code: ErrorCode): GraphQLError {
  const { message, nodes, extensions } = error;
  return new GraphQLError(message, { nodes: nodes ?? null, extensions: { ...extensions, code } });
}

function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof CodedError) {
    return new GraphQLError(error.message, {
      extensions: { ...error.details, code: error.code },
      originalError: error,
    });
  }
  return new GraphQLError('The operation could not be run.', {
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
    ...(error instanceof Error ? { originalError: error } : {}),
  });
}
