import { buildSubgraphSchema } from '@apollo/subgraph';
import { addResolversToSchema } from '@graphql-tools/schema';
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  execute as interpret,
  Kind,
  parse,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { CodedError, type ErrorCode } from '../errors.ts';
import { log } from '../log.ts';
import { securityEvent } from '../security-event.ts';
import type { ResolverContext } from './context.ts';
import { formatFault } from './faults.ts';
import { type Guards, guardFields, guardMutations, reportRefusals } from './guards.ts';
import { checkReferences, entitiesResolver, type References } from './references.ts';
import type { Call, Subgraph, SubgraphResult } from './request.ts';
import { SCALARS } from './scalars.ts';

type Resolvers = Parameters<typeof addResolversToSchema>[0]['resolvers'];

export interface SubgraphDefinition<Store> {
  readonly name: string;
  /** The common `scalars.graphql` and the subgraph's own files (`readSubgraphSdl`). */
  readonly sdl: string;
  /** A map of types to fields to resolvers. The default is the parent's property. */
  readonly resolvers: Resolvers;
  /** A resolver for each entity that other subgraphs may refer to. */
  readonly references: References<ResolverContext<Store>>;
  /** Access rules of types whose rows aren't public. */
  readonly guards?: Guards<ResolverContext<Store>>;
  /** Makes the context of one request's resolvers. */
  readonly context: (call: Call) => ResolverContext<Store>;
  /** Called when all fields are resolved and before the answer is released. If it rejects, nothing is released. */
  readonly release?: (context: ResolverContext<Store>) => Promise<void>;
}

/**
 * Makes an executable subgraph. Documents come from the gateway's planner over the composed schema, so they aren't
 * validated again. It answers JSON values and coded errors and never rejects. Throws CONFIGURATION if SDL, resolvers
 * and references don't match.
 */
export function createSubgraph<Store>(definition: SubgraphDefinition<Store>): Subgraph {
  const execute = createExecutor(subgraphSchema(definition));
  return async ({ document, query, variables, call }) => {
    let result: ExecutionResult;
    let requestLog = log;
    let masked: ReadonlySet<string> = new Set();
    try {
      const contextValue = definition.context(isMutation(document) ? { ...call, hasWritten: true } : call);
      requestLog = contextValue.log;
      masked = contextValue.masked;
      result = await execute({ document, query, variables, contextValue });
      await definition.release?.(contextValue);
    } catch (thrown) {
      const originalError = thrown instanceof Error ? thrown : new Error('what is no Error was thrown');
      result = { errors: [new GraphQLError(originalError.message, { originalError })] };
    }
    const formatted = formatResult(result, masked, (error) => formatFault(error, call.requestId, requestLog));
    if (formatted.errors?.some(({ extensions }) => extensions?.code === PURPOSE_NOT_GRANTED)) {
      const { viewer, requestId } = call;
      securityEvent(requestLog, { kind: 'ACCESS_DENIED', code: PURPOSE_NOT_GRANTED, viewer, requestId });
    }
    return formatted;
  };
}

function isMutation({ definitions }: DocumentNode): boolean {
  return definitions.some((node) => node.kind === Kind.OPERATION_DEFINITION && node.operation === 'mutation');
}

const PURPOSE_NOT_GRANTED = 'PURPOSE_NOT_GRANTED' satisfies ErrorCode;

function formatResult(
  result: ExecutionResult,
  masked: ReadonlySet<string>,
  format: (error: GraphQLError) => object,
): SubgraphResult {
  return {
    ...(result.data === undefined ? {} : { data: result.data }),
    ...(result.errors ? { errors: result.errors.map(format) as NonNullable<SubgraphResult['errors']> } : {}),
    ...(masked.size === 0 || !result.data ? {} : { extensions: { masked: [...masked].sort() } }),
  };
}

function subgraphSchema<Store>({
  name,
  sdl,
  resolvers,
  references,
  guards = {},
}: SubgraphDefinition<Store>): GraphQLSchema {
  const typeDefs = parse(sdl, { noLocation: true });
  checkReferences(name, typeDefs, references);
  const schema = addResolversToSchema({
    schema: buildSubgraphSchema([{ typeDefs }]),
    updateResolversInPlace: true,
    resolvers: { ...scalarResolvers(name, typeDefs, resolvers), ...resolvers },
  });
  const entities = schema.getQueryType()?.getFields()._entities;
  if (entities) entities.resolve = entitiesResolver(references);
  guardFields(schema, guards);
  guardMutations(schema);
  reportRefusals(schema);
  return schema;
}

/** Returns our scalars that the SDL declares. An unknown scalar would let any value through. */
function scalarResolvers(subgraph: string, sdl: DocumentNode, resolvers: Resolvers): Partial<typeof SCALARS> {
  const declared = sdl.definitions.flatMap((definition) =>
    definition.kind === Kind.SCALAR_TYPE_DEFINITION ? [definition.name.value] : [],
  );
  const unknown = declared.filter((scalar) => !(scalar in SCALARS) && !(scalar in resolvers));
  if (unknown.length > 0) {
    throw new CodedError('CONFIGURATION', `Subgraph ${subgraph} does not implement its scalars ${unknown.join(', ')}.`);
  }
  return Object.fromEntries(Object.entries(SCALARS).filter(([scalar]) => declared.includes(scalar)));
}

export interface Execution {
  readonly document: DocumentNode;
  /** The document's text. */
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly contextValue: unknown;
}

/**
 * Interpreted executions before a document is compiled. Compiling costs about eight of them (1.13 ms to 0.14 ms,
 * measured). The gateway passes the same document object each time.
 */
export const USES_BEFORE_COMPILING = 9;

/**
 * Longest document that is compiled: the time grows faster than the length. Our longest has about two thousand
 * characters.
 */
const MAX_CHARACTERS = 10_000;

interface Usage {
  count: number;
  /** Null if the compiler can't compile it. */
  compiled?: CompiledQuery | null;
}

/**
 * Makes a function that executes single-operation documents on a schema. It interprets new documents and compiles
 * frequent ones, with the same result. Its cache is weak: it ends with the document.
 */
export function createExecutor(
  schema: GraphQLSchema,
  usesBeforeCompiling = USES_BEFORE_COMPILING,
): (execution: Execution) => Promise<ExecutionResult> {
  const usages = new WeakMap<DocumentNode, Usage>();

  return async ({ document, query, variables, contextValue }) => {
    let usage = usages.get(document);
    if (!usage) {
      usage = { count: 0 };
      usages.set(document, usage);
    }
    usage.count += 1;
    if (usage.count > usesBeforeCompiling && query.length <= MAX_CHARACTERS) {
      if (usage.compiled === undefined) usage.compiled = compile(schema, document);
      const result = await usage.compiled?.query(undefined, contextValue, variables);
      // Without data nothing was executed: the variables are wrong, and the interpreter reports that better.
      if (result?.data !== undefined) return result;
    }
    return interpret({ schema, document, variableValues: variables, contextValue });
  };
}

function compile(schema: GraphQLSchema, document: DocumentNode): CompiledQuery | null {
  const compiled = compileQuery(schema, document, undefined, { disablingCapturingStackErrors: true });
  return isCompiledQuery(compiled) ? compiled : null;
}
