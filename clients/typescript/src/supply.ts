import type { Client } from './client.ts';
import type { TrustedDocument } from './document.ts';
import { type Fault, offline, unreadable } from './fault.ts';
import { type Locale, RequestUpload, SupplyDocument, type SupplyDocumentMutation } from './generated/documents.ts';

/** A file for a document of a case. */
export interface FileToSupply {
  readonly caseId: string;
  /** The document's code. */
  readonly document: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: Uint8Array;
  /** SHA-256 of the content, hexadecimal. */
  readonly sha256: string;
  readonly locale: Locale;
  /** Makes keys of 8 to 64 characters, each new, e.g. `() => crypto.randomUUID()`. */
  readonly newKey: () => string;
}

interface Refused {
  readonly code: string;
  readonly message: string;
}

export type Supplied =
  | {
      readonly is: 'SUPPLIED';
      readonly case: NonNullable<NonNullable<SupplyDocumentMutation['supplyDocument']>['case']>;
    }
  /** The gateway's refusal, e.g. because the file is no PDF. */
  | { readonly is: 'REFUSED'; readonly userErrors: readonly Refused[] }
  | { readonly is: 'FAILED'; readonly fault: Fault };

/** Supplies a file: announces it, sends it to the signed address, and hands it in. */
export async function supplyFile(client: Client, file: FileToSupply): Promise<Supplied> {
  const { caseId, document, fileName, mediaType, content, sha256, locale, newKey } = file;
  const announced = { case: caseId, document, fileName, mediaType, size: content.byteLength, sha256 };
  const requested = await command(client, RequestUpload, { input: { idempotencyKey: newKey(), ...announced } });
  if (requested.is !== 'DONE') return requested;
  const upload = requested.data.requestUpload?.upload;
  if (!upload) return { is: 'FAILED', fault: unreadable(200) };
  try {
    const headers = Object.fromEntries(upload.headers.map(({ name, value }) => [name, value]));
    const { status } = await client.fetch(upload.url, { method: upload.method, headers, body: content });
    if (status < 200 || status >= 300) return { is: 'FAILED', fault: unreadable(status) };
  } catch {
    return { is: 'FAILED', fault: offline() };
  }
  const input = { idempotencyKey: newKey(), case: caseId, upload: upload.id };
  const supplied = await command(client, SupplyDocument, { input, locale });
  if (supplied.is !== 'DONE') return supplied;
  const of = supplied.data.supplyDocument?.case;
  return of ? { is: 'SUPPLIED', case: of } : { is: 'FAILED', fault: unreadable(200) };
}

/** Sends a mutation, and tells its refusal from its answer. */
async function command<Data extends Record<string, { readonly userErrors: readonly Refused[] } | null>, Variables>(
  client: Client,
  document: TrustedDocument<Data, Variables>,
  variables: Variables,
): Promise<{ readonly is: 'DONE'; readonly data: Data } | Exclude<Supplied, { is: 'SUPPLIED' }>> {
  const answer = await client.send(document, variables);
  if (!answer.ok) return { is: 'FAILED', fault: answer.fault };
  const userErrors = Object.values(answer.data).flatMap((payload) => payload?.userErrors ?? []);
  return userErrors.length > 0 ? { is: 'REFUSED', userErrors } : { is: 'DONE', data: answer.data };
}
