import { createHash } from 'node:crypto';
import * as z from 'zod';
import { CodedError } from '../errors.ts';

const manifestFile = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(
    z.object({ id: z.string(), name: z.string(), type: z.enum(['query', 'mutation']), body: z.string() }),
  ),
});

/** Apollo's manifest of persisted queries: what a client's build registers, and what ours ships. */
export type Manifest = z.infer<typeof manifestFile>;
export type TrustedOperation = Manifest['operations'][number];

/** Returns the id of a trusted document: SHA-256 of its body, hex. */
export function documentId(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}

/** Throws CONFIGURATION for what is no manifest, or where an id is not that of its body. */
export function parseManifest(json: string): Manifest {
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch (cause) {
    throw new CodedError('CONFIGURATION', 'The manifest of trusted documents is not JSON.', { cause });
  }
  const parsed = manifestFile.safeParse(content);
  if (!parsed.success) {
    const [fault] = parsed.error.issues;
    throw new CodedError(
      'CONFIGURATION',
      `The manifest of trusted documents is wrong at ${fault?.path.join('.')}: ${fault?.message}.`,
    );
  }
  const wrong = parsed.data.operations.find(({ id, body }) => id !== documentId(body));
  if (wrong) throw new CodedError('CONFIGURATION', `The trusted document ${wrong.name} is not the one of its id.`);
  return parsed.data;
}

/** Trusted documents by their id. */
export type TrustedDocuments = ReadonlyMap<string, TrustedOperation>;

export function trustedDocuments(manifest: Manifest): TrustedDocuments {
  return new Map(manifest.operations.map((operation) => [operation.id, operation]));
}

/** The texts of trusted documents: each request is compared with them, and a hash would cost more. */
const texts = new WeakMap<TrustedDocuments, ReadonlySet<string>>();

/** Returns whether a text is a trusted document's, however it came. */
export function isTrusted(text: string, documents: TrustedDocuments): boolean {
  let known = texts.get(documents);
  if (!known) {
    known = new Set([...documents.values()].map(({ body }) => body));
    texts.set(documents, known);
  }
  return known.has(text);
}

/** The parameters of a request: a POST's body, or a GET's parameters. */
type Parameters = Readonly<Record<string, unknown>>;

/**
 * Puts the document into a request that only names it: by `extensions.persistedQuery.sha256Hash` as Apollo's
 * and urql's clients do, by `documentId`, or by `id`. One that sends its document stays as it is, whatever it names.
 * Nothing is ever registered by a request.
 * Throws PERSISTED_QUERY_NOT_FOUND where the name is of no trusted document.
 */
export function withNamedDocument(given: Parameters, documents: TrustedDocuments): Parameters {
  const { extensions, documentId: byDocumentId, id: byId, ...rest } = given;
  const { persistedQuery, ...others } = isObject(extensions) ? extensions : {};
  const hash = isObject(persistedQuery) ? persistedQuery.sha256Hash : undefined;
  const kept = {
    ...rest,
    ...(extensions === undefined ? {} : { extensions: isObject(extensions) ? others : extensions }),
  };
  const named = hash ?? byDocumentId ?? byId;
  if (typeof given.query === 'string' || typeof named !== 'string') return kept;
  const operation = documents.get(named.replace(/^sha256:/, ''));
  if (!operation) throw new CodedError('PERSISTED_QUERY_NOT_FOUND', 'No trusted document has this id.');
  return { ...kept, query: operation.body };
}

function isObject(value: unknown): value is Parameters {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
