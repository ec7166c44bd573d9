/** Text messages by Alibaba Cloud's Short Message Service (阿里云短信服务), API `SendSms`. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Locale } from '../../domain/locale.ts';
import { signAcs3 } from './acs3-signature.ts';
import { failed, faultOf, SENT, type SendNews } from './channel.ts';
import { callProvider, type ProviderReach } from './provider-call.ts';

/** Settings of the service. */
export const smsSettings = z.strictObject({
  endpoint: z.url().default('https://dysmsapi.aliyuncs.com'),
  accessKeyId: z.string().min(1),
  accessKeySecret: z.string().min(1),
  /** The registered signature before each message (短信签名). */
  signName: z.string().min(1),
  /** The registered template of each language, with the one parameter `number`. */
  templates: z.strictObject({ ZH: z.string().min(1), JA: z.string().min(1), EN: z.string().min(1) }),
});
export type SmsSettings = z.infer<typeof smsSettings>;

const answer = z.object({ Code: z.string().max(100) });

/** Codes of faults that another attempt can't mend: no mobile number, or one that wants no messages. */
const FINAL = ['isv.MOBILE_NUMBER_ILLEGAL', 'isv.BLACK_KEY_CONTROL_LIMIT', 'isv.OUT_OF_SERVICE_NUMBER'];

/** Makes the sender of text messages. All that is personal is in the body, and nothing of it in the address. */
export function smsSender(settings: SmsSettings, reach: ProviderReach): SendNews {
  return async ({ id, address, receiptNumber, locale }, now) => {
    const { path, body, headers } = signAcs3(
      {
        host: new URL(settings.endpoint).host,
        action: 'SendSms',
        version: '2017-05-25',
        form: sendSmsForm(settings, { id, address, receiptNumber, locale }),
        date: `${now.toISOString().slice(0, 19)}Z`,
        nonce: randomUUID(),
      },
      settings,
    );
    try {
      const { Code } = answer.parse(await callProvider(`${settings.endpoint}${path}`, body, headers, reach));
      return Code === 'OK' ? SENT : failed(Code, FINAL.includes(Code));
    } catch (error) {
      return failed(faultOf(error));
    }
  };
}

function sendSmsForm(
  { signName, templates }: SmsSettings,
  message: { readonly id: string; readonly address: string; readonly receiptNumber: string; readonly locale: Locale },
) {
  return {
    PhoneNumbers: message.address,
    SignName: signName,
    TemplateCode: templates[message.locale],
    TemplateParam: JSON.stringify({ number: message.receiptNumber }),
    // Reports of delivery name it.
    OutId: message.id,
  };
}
