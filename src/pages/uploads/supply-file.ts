import requestUploadId from 'virtual:document/RequestUpload';
import supplyDocumentId from 'virtual:document/SupplyDocument';
import type { Locale } from '../../domain/locale.ts';
import { refusalText } from '../case/refusals.ts';
import { type Answered, askGateway } from '../gateway/ask-gateway.ts';
import type { Refusal } from '../gateway/refusal-text.ts';
import type { RequestUploadMutation, SupplyDocumentMutation } from './generated/mutations.ts';
import { type PreparedFile, prepareFile } from './prepare.ts';
import { sendFile, type UploadAddress } from './send.ts';

/** A file that is supplied for a document of a case. */
export interface FileToSupply {
  readonly token: string;
  readonly caseId: string;
  /** The document's code. */
  readonly document: string;
  readonly file: File;
  readonly locale: Locale;
  readonly onStep: (step: SupplyStep) => void;
  readonly signal: AbortSignal;
}

export type SupplyStep =
  | { readonly kind: 'PREPARING' }
  /** `fraction` is from 0 to 1. */
  | { readonly kind: 'SENDING'; readonly fraction: number }
  /** The network is broken; the file is sent again by itself. */
  | { readonly kind: 'WAITING' }
  | { readonly kind: 'CHECKING' };

export type Supplied =
  | { readonly kind: 'SUPPLIED' }
  | { readonly kind: 'UNREADABLE' }
  | { readonly kind: 'TOO_LARGE' }
  | { readonly kind: 'REFUSED'; readonly message: string }
  | { readonly kind: 'ENDED' }
  /** Every try failed. */
  | { readonly kind: 'FAILED' };

type Upload = UploadAddress & { readonly id: string };
/** The result of one step: its value, the end of the whole, or another try. */
type Step<Value> = { readonly value: Value } | { readonly end: Supplied } | 'AGAIN';

const MAX_TRIES = 12;
const LONGEST_PAUSE_MS = 15_000;

/** The steps that earlier tries have reached. */
interface Reached {
  upload: Upload | null;
  isSent: boolean;
  /** The key of the next mutation: a repeated request with the same key is done once. */
  key: string;
}

const fromTheStart = (): Reached => ({ upload: null, isSent: false, key: crypto.randomUUID() });

/**
 * Supplies a file: prepares it, requests an upload, sends it, and supplies the document. A broken step is repeated by
 * itself: the same upload while its address is valid, else a fresh one.
 */
export async function supplyFile(job: FileToSupply): Promise<Supplied> {
  job.onStep({ kind: 'PREPARING' });
  const prepared = await prepareFile(job.file);
  if (prepared.kind !== 'READY') return prepared;
  const reached = fromTheStart();
  for (let tries = 0; tries < MAX_TRIES && !job.signal.aborted; tries++) {
    if (tries > 0) await pauseBefore(tries, job);
    const end = await tryOnce(job, prepared.file, reached);
    if (end) return end;
  }
  return { kind: 'FAILED' };
}

/** Goes on where the last try broke. Returns null where another try is needed. */
async function tryOnce(job: FileToSupply, file: PreparedFile, reached: Reached): Promise<Supplied | null> {
  const hasExpired = reached.upload !== null && Date.parse(reached.upload.expiresAt) <= Date.now();
  if (!reached.isSent && hasExpired) Object.assign(reached, fromTheStart());
  if (!reached.upload) {
    const requested = await requestUpload(job, file, reached.key);
    if (requested === 'AGAIN') return null;
    if ('end' in requested) return requested.end;
    Object.assign(reached, { upload: requested.value, key: crypto.randomUUID() });
  }
  const { upload } = reached;
  if (!upload) return null;
  if (!reached.isSent) {
    const onProgress = (fraction: number) => job.onStep({ kind: 'SENDING', fraction });
    onProgress(0);
    const sent = await sendFile(file.content, upload, onProgress, job.signal);
    // A clock that is wrong hides that the address has expired: the next try asks for a fresh one.
    if (sent === 'REFUSED') Object.assign(reached, fromTheStart());
    if (sent !== 'SENT') return null;
    reached.isSent = true;
  }
  job.onStep({ kind: 'CHECKING' });
  const supplied = await supply(job, upload.id, reached.key);
  if (supplied === 'AGAIN') return null;
  if ('end' in supplied) return supplied.end;
  if (supplied.value === 'SUPPLIED') return { kind: 'SUPPLIED' };
  Object.assign(reached, fromTheStart());
  return null;
}

/** Waits before another try: a little longer each time, and until the phone has a network. */
async function pauseBefore(tries: number, { onStep, signal }: FileToSupply): Promise<void> {
  onStep({ kind: 'WAITING' });
  const pauseMs = Math.min(500 * 2 ** (tries - 1), LONGEST_PAUSE_MS);
  await new Promise<void>((resolve) => {
    const timer = setTimeout(go, pauseMs);
    function go() {
      if (!navigator.onLine && !signal.aborted) return;
      clearTimeout(timer);
      removeEventListener('online', go);
      resolve();
    }
    addEventListener('online', go);
    signal.addEventListener('abort', go, { once: true });
  });
}

async function requestUpload(job: FileToSupply, file: PreparedFile, key: string): Promise<Step<Upload>> {
  const { content, mediaType, name: fileName, sha256 } = file;
  const answer = await askGateway<RequestUploadMutation>({
    ...job,
    documentId: requestUploadId,
    variables: {
      input: {
        idempotencyKey: key,
        case: job.caseId,
        document: job.document,
        fileName,
        mediaType,
        size: content.size,
        sha256,
      },
    },
  });
  const outcome = await outcomeOf(answer, ({ requestUpload }) => requestUpload, job.locale);
  if (outcome === 'AGAIN' || 'end' in outcome) return outcome;
  return outcome.value.upload ? { value: outcome.value.upload } : 'AGAIN';
}

/** Supplies a sent file. `MISSING`: the store has lost it, so it is sent anew. */
async function supply(job: FileToSupply, upload: string, key: string): Promise<Step<'SUPPLIED' | 'MISSING'>> {
  const answer = await askGateway<SupplyDocumentMutation>({
    ...job,
    documentId: supplyDocumentId,
    variables: { input: { idempotencyKey: key, case: job.caseId, upload }, locale: job.locale },
  });
  const lost =
    answer.kind === 'ANSWER' && answer.data.supplyDocument?.userErrors.some(({ code }) => code === 'NOT_FOUND');
  if (lost) return { value: 'MISSING' };
  const outcome = await outcomeOf(answer, ({ supplyDocument }) => supplyDocument, job.locale);
  return outcome === 'AGAIN' || 'end' in outcome ? outcome : { value: 'SUPPLIED' };
}

interface Payload {
  readonly userErrors: readonly Refusal[];
}

async function outcomeOf<Data, Found extends Payload>(
  answer: Answered<Data>,
  payloadOf: (data: Data) => Found | null,
  locale: Locale,
): Promise<Step<Found>> {
  if (answer.kind === 'ENDED' || answer.kind === 'NOT_ALLOWED') return { end: { kind: 'ENDED' } };
  const payload = answer.kind === 'ANSWER' ? payloadOf(answer.data) : null;
  if (!payload) return 'AGAIN';
  const [refusal] = payload.userErrors;
  if (!refusal) return { value: payload };
  return { end: { kind: 'REFUSED', message: refusalText(refusal, locale) } };
}
