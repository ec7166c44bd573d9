/** Template messages of a WeChat official account (公众号模板消息). */
import * as z from 'zod';
import { failed, faultOf, NO_TEMPLATE, SENT, type SendNews, templateOf, templateSettings } from './channel.ts';
import { callProvider, type ProviderReach } from './provider-call.ts';

/** Settings of the official account. */
export const wechatSettings = z.strictObject({
  endpoint: z.url().default('https://api.weixin.qq.com'),
  appId: z.string().min(1),
  appSecret: z.string().min(1),
  ...templateSettings,
});
export type WechatSettings = z.infer<typeof wechatSettings>;

const JSON_TYPE = { 'content-type': 'application/json' };
const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.int().positive() });
const sendAnswer = z.object({ errcode: z.int() });

/** Time before its end at which a token is fetched anew, in milliseconds. */
const TOKEN_RESERVE_MS = 300_000;

/** Codes of faults: no such openid; the user doesn't follow the account; the user refuses messages. */
const FINAL = [40003, 43004, 43101];
/** Codes of an access token that is no longer valid. */
const STALE_TOKEN = [40001, 40014, 42001];

/** Makes the sender of template messages. */
export function wechatSender(settings: WechatSettings, reach: ProviderReach): SendNews {
  const { endpoint, appId, appSecret } = settings;
  let known: { readonly token: string; readonly until: number } | undefined;

  async function accessToken(now: Date): Promise<string> {
    if (known && now.getTime() < known.until) return known.token;
    const body = JSON.stringify({ grant_type: 'client_credential', appid: appId, secret: appSecret });
    const answer = await callProvider(`${endpoint}/cgi-bin/stable_token`, body, JSON_TYPE, reach);
    const { access_token: token, expires_in: seconds } = tokenAnswer.parse(answer);
    known = { token, until: now.getTime() + seconds * 1_000 - TOKEN_RESERVE_MS };
    return token;
  }

  return async (message, now) => {
    const { id, address, words } = message;
    const template = templateOf(settings, message);
    if (template === undefined) return NO_TEMPLATE;
    const body = JSON.stringify({
      touser: address,
      template_id: template,
      // The account sends a message with a known id once.
      client_msg_id: id,
      data: Object.fromEntries(Object.entries(words.fields).map(([field, value]) => [field, { value }])),
    });
    try {
      const token = await accessToken(now);
      const url = `${endpoint}/cgi-bin/message/template/send?access_token=${encodeURIComponent(token)}`;
      const { errcode } = sendAnswer.parse(await callProvider(url, body, JSON_TYPE, reach));
      if (STALE_TOKEN.includes(errcode)) known = undefined;
      return errcode === 0 ? SENT : failed(`WECHAT_${errcode}`, FINAL.includes(errcode));
    } catch (error) {
      return failed(faultOf(error));
    }
  };
}
