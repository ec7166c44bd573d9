import { config } from '../../../config.ts';
import { type ContactRefusalCode, decideContact } from '../../../domain/news/contact.ts';
import type { Decision, Refusal } from '../../../domain/refusal.ts';
import { CodedError } from '../../../errors.ts';
import { exchangeByInvoke, exchangeCode } from '../../../notify/news/wechat-code.ts';
import { once, onceRequest } from '../../../subgraph/once.ts';
import { type UserErrorCode, userErrors } from '../../../subgraph/user-errors.ts';
import { answerWith, type CaseAnswer } from '../cases/change-case.ts';
import type { Context } from '../context.ts';
import type { BindWeChatInput } from '../generated/types.ts';
import { CONTACT_CODES } from './news-contact.ts';

type BindingCode = ContactRefusalCode | keyof typeof BINDING_CODES;
type BindingRefusal = Refusal<BindingCode>;

const BINDING_CODES = { CODE_REFUSED: 'INVALID', NOT_SET_UP: 'INVALID' } as const satisfies Record<
  string,
  UserErrorCode
>;

/** The form of a code, which WeChat describes as opaque. */
const CODE = /^[\w-]{8,128}$/;

const CODE_REFUSED: BindingRefusal = {
  code: 'CODE_REFUSED',
  field: ['code'],
  message: 'The code was used or has expired. Begin again at WeChat.',
};
const NOT_SET_UP: BindingRefusal = { code: 'NOT_SET_UP', field: [], message: 'News by WeChat is not set up here.' };

/**
 * Binds the applicant's WeChat to a case. The code is exchanged once the caller is known to be the applicant, and no
 * more often than once a call, since WeChat takes it once.
 */
export async function bindWeChat(
  _: unknown,
  { input }: { readonly input: BindWeChatInput },
  { viewer, store, request, log }: Context,
): Promise<CaseAnswer> {
  const call = onceRequest('bindWeChat', input, request.now);
  let exchanging: ReturnType<typeof exchange> | undefined;
  const decision = await once(call, {
    load: () => store.caseChanges.load(call, input.case),
    decide: ({ situation }): Decision<unknown, BindingCode> => {
      const decided = decideContact(situation?.case ?? null, viewer, 'bindWeChat', null);
      if (!decided.ok || CODE.test(input.code)) return decided;
      return { ok: false, refusals: [CODE_REFUSED] };
    },
    async commit(_decided, loaded) {
      exchanging ??= exchange(input.code, log);
      const address = await exchanging;
      if (typeof address === 'string') {
        return store.newsContacts.commit(call, loaded, { channel: 'WECHAT', address, locale: input.locale });
      }
      // A concurrent duplicate may have used the code for the same command.
      const { earlier } = await store.caseChanges.load(call, input.case);
      return earlier.kind === 'NONE' ? { committed: false, refusals: [{ write: 0, refusal: address }] } : earlier;
    },
    again: (answer) => store.caseChanges.answered(answer),
    done: (_decided, { situation }) => situation!.case,
  });
  return decision.ok
    ? answerWith(viewer, decision.value)
    : { case: null, userErrors: userErrors(decision.refusals, { ...CONTACT_CODES, ...BINDING_CODES }) };
}

/**
 * Returns the openid of a code, or why there is none. The function that delivers messages holds the account's secret.
 * @throws CodedError STORE_UNAVAILABLE where WeChat can't be asked now
 */
async function exchange(code: string, log: Context['log']): Promise<string | BindingRefusal> {
  const settings = config();
  const { deliverFunction, region } = settings;
  const exchanged =
    deliverFunction === undefined
      ? await exchangeCode(settings, code)
      : await exchangeByInvoke(deliverFunction, region, code);
  if (exchanged.is === 'OPENID') return exchanged.openid;
  if (exchanged.is === 'CODE_REFUSED') return CODE_REFUSED;
  if (exchanged.is === 'NOT_SET_UP') return NOT_SET_UP;
  log.error('A code of WeChat could not be exchanged', { fault: exchanged.fault });
  throw new CodedError('STORE_UNAVAILABLE', "WeChat can't be asked now. Try again in a moment.", {
    details: { retryable: true, mayHaveBeenWritten: false, retryAfterSeconds: 1 },
  });
}
