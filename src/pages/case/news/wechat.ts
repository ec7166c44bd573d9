import bindWeChatId from 'virtual:document/BindWeChat';
import { type Answered, askGateway } from '../../gateway/ask-gateway.ts';
// By the sign-in, which has been loaded: the channel stays in its chunk.
import { awaitAnswer } from '../../sign-in/sign-in.ts';
import type { BindWeChatMutation, Locale } from '../generated/news.ts';
import type { Asking } from './ask.ts';

/** WeChat's authorization page of official accounts (网页授权). */
const AUTHORIZE = 'https://open.weixin.qq.com/connect/oauth2/authorize';
/** The page of ours that takes the answer out of its address and passes it on, as at a sign-in. */
const RETURN_PATH = '/sign-in/return';

/**
 * Leads an opened window to WeChat's authorization page, and waits for its answer. The state stays in this page's
 * memory, so an answer that another page or person began is not taken.
 * @returns the code; null where the person has declined
 */
function authorize(opened: WindowProxy, appId: string): Promise<string | null> {
  const state = crypto.randomUUID().replaceAll('-', '');
  const answer = new Promise<string | null>((resolve) => {
    awaitAnswer(state, (parameters) => resolve(parameters.get('code')));
  });
  // WeChat compares the order of the parameters too.
  const query = new URLSearchParams({
    appid: appId,
    redirect_uri: `${location.origin}${RETURN_PATH}`,
    response_type: 'code',
    scope: 'snsapi_base',
    state,
  });
  opened.location.href = `${AUTHORIZE}?${query}#wechat_redirect`;
  return answer;
}

/** The sentence where nothing was bound. */
export const AGAIN: Readonly<Record<Locale, string>> = {
  ZH: '没有绑定。请重新前往微信授权。',
  JA: '登録できませんでした。もう一度 WeChat で許可してください。',
  EN: 'Nothing was bound. Begin again at WeChat.',
};

/**
 * Has the person authorize in an opened window, and binds their WeChat to the case.
 * @returns null where the person has declined
 */
export async function bind(
  opened: WindowProxy,
  appId: string,
  { token, locale, caseId, key }: Asking,
): Promise<Answered<BindWeChatMutation> | null> {
  const code = await authorize(opened, appId);
  if (code === null) return null;
  const input = { idempotencyKey: key, case: caseId, code, locale };
  return askGateway({ documentId: bindWeChatId, variables: { input }, token, locale });
}
