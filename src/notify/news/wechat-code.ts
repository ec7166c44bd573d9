/** The exchange of a code of WeChat's authorization page (网页授权) for the openid of the person who gave it. */
import type { LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { Config } from '../../config.ts';
import { secretOf } from '../../secrets.ts';
import { reachOf } from '../notifier.ts';
import { faultOf } from './channel.ts';
import { callProvider } from './provider-call.ts';
import { wechatSettings } from './wechat.ts';

/** The result of an exchange. Faults are codes, and never contain a code, an openid or an address. */
export const exchangedCode = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('OPENID'), openid: z.string().regex(/^[\w-]{20,64}$/) }),
  /** The code was used, has expired, or never was one. */
  z.strictObject({ is: z.literal('CODE_REFUSED') }),
  z.strictObject({ is: z.literal('NOT_SET_UP') }),
  z.strictObject({ is: z.literal('FAILED'), fault: z.string() }),
]);
export type ExchangedCode = z.infer<typeof exchangedCode>;

/** The part of `NEWS_CHANNELS` that an exchange needs. */
const ownSettings = z.object({ wechat: wechatSettings.nullish() });
/** WeChat answers with `errcode`, or with an openid. The access token beside it is not used. */
const tokenAnswer = z.object({ errcode: z.int().optional(), openid: z.string().optional() });

/** Codes of WeChat: an invalid code; one that was used; one that has expired; none. */
const REFUSED_CODE = [40029, 40163, 42003, 41008];

/** Exchanges a code in this process, which needs the settings of the providers. Throws nothing. */
export async function exchangeCode(settings: Config, code: string): Promise<ExchangedCode> {
  try {
    const { wechat } = ownSettings.parse(JSON.parse(secretOf('newsChannels', settings)?.current ?? '{}'));
    if (!wechat) return { is: 'NOT_SET_UP' };
    const { endpoint, appId, appSecret } = wechat;
    const query = new URLSearchParams({ appid: appId, secret: appSecret, code, grant_type: 'authorization_code' });
    const reach = { reach: reachOf(settings) };
    const answer = await callProvider(`${endpoint}/sns/oauth2/access_token?${query}`, null, {}, reach);
    const { errcode = 0, openid } = tokenAnswer.parse(answer);
    if (REFUSED_CODE.includes(errcode)) return { is: 'CODE_REFUSED' };
    if (errcode !== 0) return { is: 'FAILED', fault: `WECHAT_${errcode}` };
    return exchangedCode.parse({ is: 'OPENID', openid });
  } catch (error) {
    // The error's message may hold the address, and the address the account's secret.
    return { is: 'FAILED', fault: faultOf(error) };
  }
}

/** Time limit of an Invoke: a call of a provider (`CALL_MS`) and a cold start. */
const PATIENCE_MS = 15_000;
let client: LambdaClient | undefined;

/** Exchanges a code by the function that delivers messages: it alone has the account's secret. Throws nothing. */
export async function exchangeByInvoke(functionName: string, region: string, code: string): Promise<ExchangedCode> {
  try {
    const lambda = await import('@aws-sdk/client-lambda');
    client ??= new lambda.LambdaClient({ region });
    const command = new lambda.InvokeCommand({
      FunctionName: functionName,
      Payload: JSON.stringify({ exchange: { code } }),
    });
    const { FunctionError, Payload } = await client.send(command, { abortSignal: AbortSignal.timeout(PATIENCE_MS) });
    if (FunctionError !== undefined) return { is: 'FAILED', fault: 'FUNCTION_ERROR' };
    return exchangedCode.parse(JSON.parse(Buffer.from(Payload ?? []).toString('utf8')));
  } catch (error) {
    return { is: 'FAILED', fault: faultOf(error) };
  }
}
