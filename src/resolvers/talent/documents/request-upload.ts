import { UNKNOWN_CASE } from '../../../domain/cases/decide.ts';
import { decideUpload, type UploadRefusalCode } from '../../../domain/documents/upload.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { ONCE_CODES, type OnceRefusal, once, onceRequest } from '../../../subgraph/once.ts';
import { type UserErrorCode, userErrors } from '../../../subgraph/user-errors.ts';
import type { MutationResolvers } from '../generated/types.ts';

export const requestUpload: NonNullable<MutationResolvers['requestUpload']> = async (
  _,
  { input },
  { viewer, store, request: { now } },
) => {
  const { documents } = store;
  const call = onceRequest('requestUpload', input, now);
  const asked = { ...input, code: input.document };
  const decision = await once(call, {
    load: () => documents.loadAnnouncement(call, input.case),
    decide: ({ situation, announced }) =>
      situation
        ? decideUpload(situation, asked, announced, viewer, now)
        : { ok: false, refusals: [{ ...UNKNOWN_CASE, code: 'UNKNOWN_CASE' }] },
    commit: (upload, loaded) => documents.announce(call, loaded, upload),
    again: (answer) => documents.answered(answer, now),
    done: (upload, loaded) => documents.announced(loaded, upload),
  });
  if (!decision.ok) return refused(decision.refusals);
  const upload = decision.value;
  if (!upload) return refused([OVER]);
  return { upload: { ...upload, target: await documents.target(upload) }, userErrors: [] };
};

const OVER: Refusal<'UPLOAD_OVER'> = {
  code: 'UPLOAD_OVER',
  field: [],
  message: 'The time to send this file is over, or it is supplied already.',
};

const CODES = {
  ...ONCE_CODES,
  UNKNOWN_CASE: 'NOT_FOUND',
  NOT_YOURS: 'NOT_ALLOWED',
  WRONG_STATE: 'NOT_ALLOWED',
  INVALID_DOCUMENT: 'INVALID',
  INVALID_FILE_NAME: 'INVALID',
  INVALID_MEDIA_TYPE: 'INVALID',
  INVALID_SIZE: 'INVALID',
  INVALID_SHA256: 'INVALID',
  TOO_MANY_UPLOADS: 'NOT_ALLOWED',
  ERASED: 'NOT_ALLOWED',
  UPLOAD_OVER: 'NOT_FOUND',
} as const satisfies Record<UploadRefusalCode | OnceRefusal | 'UPLOAD_OVER', UserErrorCode>;

function refused(refusals: readonly Refusal<keyof typeof CODES>[]) {
  return { upload: null, userErrors: userErrors(refusals, CODES) };
}
