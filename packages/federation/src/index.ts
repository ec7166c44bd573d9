/**
 * Answers GraphQL operations over the subgraphs of one composed supergraph (Apollo Federation 2). The README has an
 * example that runs.
 * @example
 * ```ts
 * const supergraph = loadSupergraph(supergraphSdl);
 * const gateway = createGateway({ supergraph, subgraphs, planner: loadPlanner(supergraph) });
 * const { data, errors } = await gateway.execute({ document: parse('{ park { name } }'), call });
 * ```
 * @packageDocumentation
 */

// Authorization directives: `@authenticated`, `@requiresScopes`, `@policy`.
export {
  type AnyOfAll,
  Decisions,
  type Grants,
  implies,
  isMet,
  NOBODY,
  NOTHING,
  policiesOf,
  type Requirement,
} from './authorization/authorize.ts';
// The gateway: from a valid document to its answer.
export { charactersOf, MAX_CACHED_CHARACTERS } from './cached-documents.ts';
// Errors and logs.
export { CodedError, ERROR_KINDS, type ErrorCode, type ErrorKind, type ErrorKinds } from './errors.ts';
export { createGateway, type Gateway, type GatewayOptions, type GatewayRequest, type Meter } from './gateway.ts';
export { costOf } from './limits/cost.ts';
export { tokens } from './limits/document-text.ts';
export type { AskedOperation, Limit, Stages } from './limits/limit.ts';
export { enforceLimits, type Found, jsonShape, LIMITS, measureLimits, staticLimits } from './limits/limits.ts';
export { type LogFields, type Logger, SILENT } from './logger.ts';
export { selectOperation } from './normalise/select-operation.ts';
// Guarded HTTP: requests to addresses that others have named.
export type { Resolve } from './outbound/checked-lookup.ts';
export { type Reach, readEndpoint } from './outbound/endpoint.ts';
export { createPost, type Post, type Posting, type PostTarget } from './outbound/post.ts';
export { FederationError, type FederationErrorCode } from './planner/errors.ts';
export type {
  BatchFetchNode,
  ConditionNode,
  ContextVariable,
  EntityAlias,
  FetchNode,
  FlattenNode,
  ParallelNode,
  PathSegment,
  PlanNode,
  QueryPlan,
  RequiresSelection,
  SequenceNode,
} from './planner/plan.ts';
export { createQueryPlanner, type QueryPlanner } from './planner/planner.ts';
export { DEFAULT_LIMITS, type PlannerLimits } from './planner/steps.ts';
export { planDocument } from './plans/plan-document.ts';
// Plans: made on demand, or by a build and shipped.
export { loadPlanner, type Planner } from './plans/planner.ts';
export { type PlansFile, readShippedPlans } from './plans/shipped-plans.ts';
export { leafReader } from './remote/leaf.ts';
export {
  createServiceToken,
  type ServiceToken,
  type ServiceTokenSettings,
  serviceKeySet,
} from './remote/service-token.ts';
export { type SourceReport, SourceReports } from './remote/sources.ts';
export { subgraphView } from './remote/subgraph-view.ts';
// Steps of a request before and after the gateway: CSRF, trusted documents, limits, refusals, masked errors.
export {
  asksForSchema,
  documentId,
  isTrusted,
  type Manifest,
  noIncrementalDelivery,
  parseManifest,
  type SchemaForCaller,
  type TrustedDocuments,
  type TrustedOperation,
  trustedDocuments,
  validationErrors,
  withNamedDocument,
  withoutUnseen,
} from './request/document.ts';
export { maskError, retryAfter, statusOf } from './request/error-mask.ts';
export {
  acceptedType,
  GRAPHQL_RESPONSE,
  isSimpleRequest,
  JSON_RESPONSE,
  type MediaType,
  PREFLIGHTED_HEADERS,
} from './request/headers.ts';
// Subgraphs by transport.
export { type Call, localSubgraph, type Subgraph, type SubgraphRequest, type SubgraphResult } from './subgraph.ts';
export { argumentOf, directiveName, type Feature, linkedFeatures } from './supergraph/features.ts';
export { prepareSupergraph, readPreparedSupergraph } from './supergraph/prepared.ts';
export { type ComposedSubgraph, composedSubgraphs, subgraphsByGraph } from './supergraph/subgraphs.ts';
// Supergraphs.
export {
  type LoadOptions,
  loadSupergraph,
  type Supergraph,
  type SupergraphParts,
  supergraphHash,
} from './supergraph/supergraph.ts';
export type { Tags } from './supergraph/tags.ts';
export {
  createHttpSubgraph,
  type HttpSubgraphOptions,
  REMOTE_LIMITS,
  type RemoteLimits,
} from './transports/http.ts';
export { type Invoke, type InvokeAnswer, type LambdaOptions, lambdaSubgraph } from './transports/lambda.ts';
