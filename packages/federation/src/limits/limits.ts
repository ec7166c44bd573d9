import { createHash } from 'node:crypto';
import { type DocumentNode, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import { CodedError } from '../errors.ts';
import { selectOperation } from '../normalise/select-operation.ts';
import type { Variables } from '../projection/projection.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { cost } from './cost.ts';
import { documentSize, lexed, nesting, tokens } from './document-text.ts';
import type { JsonShape, Limit, Stages } from './limit.ts';
import { repeats } from './repeats.ts';
import { aliases, depth, directives, fields, introspectionDepth, rootFields } from './selections.ts';

/** The limit of a body's size. An import of 200 rows, each with the longest names that are accepted, has some 314 kB. */
export const bodySize: Limit<'bytes'> = {
  name: 'bodySize',
  counts: 'bytes of the body, or of the query string',
  stage: 'bytes',
  allowed: 512 * 1024,
  measure: (bytes) => bytes,
};

export const jsonDepth: Limit<'json'> = {
  name: 'jsonDepth',
  counts: 'objects and lists within each other in the body',
  stage: 'json',
  allowed: 24,
  measure: (json) => json.depth,
};

/** The limit of a body's values: coercing variables takes time by value, not by byte. */
export const jsonValues: Limit<'json'> = {
  name: 'jsonValues',
  counts: 'values in the body, variables and all',
  stage: 'json',
  allowed: 10_000,
  measure: (json) => json.values,
};

/** Measures plain JSON without recursion, so that depth can't exhaust the stack. */
export function jsonShape(json: unknown): JsonShape {
  let [depth, values] = [0, 0];
  let level: unknown[] = [json];
  while (level.length > 0) {
    values += level.length;
    const containers = level.filter((value): value is object => typeof value === 'object' && value !== null);
    if (containers.length > 0) depth++;
    level = containers.flatMap((container): unknown[] => Object.values(container));
  }
  return { depth, values };
}

/** Every limit of a request, in the order in which they are enforced; each relies on those before it. */
export const LIMITS: readonly Limit[] = Object.freeze([
  bodySize,
  jsonDepth,
  jsonValues,
  documentSize,
  tokens,
  nesting,
  depth,
  fields,
  aliases,
  directives,
  repeats,
  rootFields,
  introspectionDepth,
  cost,
]);

/**
 * Measures a request against every limit of one stage, and returns the measures by name. Throws OPERATION_TOO_COMPLEX, or
 * PAYLOAD_TOO_LARGE for bytes, at the first limit that is passed.
 */
export function enforceLimits<S extends keyof Stages>(
  stage: S,
  subject: Stages[S],
  limits = LIMITS,
): Readonly<Record<string, number>> {
  const all: Record<string, number> = {};
  for (const limit of limits) {
    if (!isOf(limit, stage)) continue;
    const { name, counts, allowed } = limit;
    const found = limit.measure(subject);
    all[name] = found;
    if (found <= allowed) continue;
    const code = stage === 'bytes' ? 'PAYLOAD_TOO_LARGE' : 'OPERATION_TOO_COMPLEX';
    throw new CodedError(code, `This asks for too much: at most ${allowed} ${counts}.`, {
      details: { limit: name, allowed, found },
    });
  }
  return all;
}

/** Returns whether a limit belongs to a stage. */
export function isOf<S extends keyof Stages>(limit: Limit, stage: S): limit is Limit<S> {
  return limit.stage === stage;
}

/** Texts are known by their hash: an entry is small whatever the text. */
const MAX_PASSED_TEXTS = 2_000;

/**
 * Returns a function that enforces the limits of a document's text, before validation, which compares fields with one another.
 * A text that has passed is remembered. It throws as `enforceLimits` does; a text that can't be parsed passes.
 */
export function staticLimits(limits: readonly Limit[]): (text: string) => void {
  const passed = new LRUCache<string, true>({ max: MAX_PASSED_TEXTS });
  return (text) => {
    const hash = createHash('sha256').update(text).digest('base64');
    if (passed.get(hash)) return;
    enforceLimits('text', lexed(text, tokens.allowed), limits);
    const document = parsed(text);
    if (document) enforceLimits('document', document, limits);
    passed.set(hash, true);
  };
}

function parsed(text: string): DocumentNode | undefined {
  try {
    return parse(text, { noLocation: true });
  } catch {
    return undefined;
  }
}

/** A limit with the measure of one request. */
export interface Found {
  readonly limit: Limit;
  readonly found: number;
}

/** Measures an operation, sent by POST with its whole text, against every limit. */
export function measureLimits(supergraph: Supergraph, query: string, variables: Variables): Found[] {
  const given = { query, variables };
  const document = parse(query);
  const stages: Stages = {
    bytes: Buffer.byteLength(JSON.stringify(given)),
    json: jsonShape(given),
    text: lexed(query, Number.MAX_SAFE_INTEGER),
    document,
    operation: {
      schema: supergraph.apiSchema,
      costs: supergraph.costs,
      variables,
      ...selectOperation(document, undefined),
    },
  };
  return LIMITS.map((limit) => ({ limit, found: limit.measure(stages[limit.stage]) }));
}
