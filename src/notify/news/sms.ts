/** Text messages by Alibaba Cloud's Short Message Service (阿里云短信服务), API `SendSms`. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { signAcs3 } from './acs3-signature.ts';
import {
  failed,
  faultOf,
  type NewsMessage,
  NO_TEMPLATE,
  SENT,
  type SendNews,
  templateOf,
  templateSettings,
} from './channel.ts';
import { callProvider, type ProviderReach } from './provider-call.ts';

/** Settings of the service. */
export const smsSettings = z.strictObject({
  endpoint: z.url().default('https://dysmsapi.aliyuncs.com'),
  accessKeyId: z.string().min(1),
  accessKeySecret: z.string().min(1),
  /** The registered signature before each message (短信签名). */
  signName: z.string().min(1),
  ...templateSettings,
});
export type SmsSettings = z.infer<typeof smsSettings>;

const answer = z.object({ Code: z.string().max(100) });

/** Codes of faults that another attempt can't mend: no mobile number, or one that wants no messages. */
const FINAL = ['isv.MOBILE_NUMBER_ILLEGAL', 'isv.BLACK_KEY_CONTROL_LIMIT', 'isv.OUT_OF_SERVICE_NUMBER'];

/** Makes the sender of text messages. All that is personal is in the body, and nothing of it in the address. */
export function smsSender(settings: SmsSettings, reach: ProviderReach): SendNews {
  return async (message, now) => {
    const template = templateOf(settings, message);
    if (template === undefined) return NO_TEMPLATE;
    const { path, body, headers } = signAcs3(
      {
        host: new URL(settings.endpoint).host,
        action: 'SendSms',
        version: '2017-05-25',
        form: sendSmsForm(settings.signName, template, message),
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

function sendSmsForm(signName: string, template: string, { id, address, words }: NewsMessage) {
  return {
    PhoneNumbers: address,
    SignName: signName,
    TemplateCode: template,
    TemplateParam: JSON.stringify(words.fields),
    // Reports of delivery name it.
    OutId: id,
  };
}
