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

/** The id of a trusted document: SHA-256 of its body, hex. */
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

/**
 * The id of the document that a request's body (or a GET's parameters) names instead of sending it:
 * `extensions.persistedQuery.sha256Hash` as Apollo's and urql's clients do, or `documentId`, or `id`. Undefined where it
 * names none.
 */
export function namedDocument(request: Readonly<Record<string, unknown>>): string | undefined {
  const fromExtensions = z
    .object({ persistedQuery: z.object({ sha256Hash: z.string() }) })
    .safeParse(request.extensions);
  const named = fromExtensions.data?.persistedQuery.sha256Hash ?? request.documentId ?? request.id;
  return typeof named === 'string' ? named.replace(/^sha256:/, '') : undefined;
}
