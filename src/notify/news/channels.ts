import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Config } from '../../config.ts';
import { NEWS_CHANNELS, type NewsChannel } from '../../domain/news/contact.ts';
import { CodedError } from '../../errors.ts';
import { secretOf } from '../../secrets.ts';
import { SENT, type SendNews } from './channel.ts';
import { emailSender, emailSettings } from './email.ts';
import { smsSender, smsSettings } from './sms.ts';
import { webPushSender, webPushSettings } from './web-push.ts';
import { wechatSender, wechatSettings } from './wechat.ts';

/** The senders of messages to applicants. A channel without one has no provider. */
export interface NewsChannels {
  readonly senders: { readonly [Channel in NewsChannel]?: SendNews };
  /** Set where nothing is sent in the quiet hours. */
  readonly hasQuietHours: boolean;
}

/** `NEWS_CHANNELS`: the providers, each optional. */
const newsSettings = z.strictObject({
  sms: smsSettings.nullish(),
  wechat: wechatSettings.nullish(),
  email: emailSettings.nullish(),
  webPush: webPushSettings.nullish(),
});

type Settings = Pick<Config, 'mode' | 'dataDir' | 'cursorSecret' | 'caseTokenSecret' | 'originSecret' | 'newsChannels'>;

let opened: { readonly text: string; readonly channels: NewsChannels } | undefined;

/**
 * Returns the channels of the settings, opened once for each text of them: WeChat's access token and the relay's
 * connection are reused. Without settings a developer's machine records messages instead.
 * @throws CodedError CONFIGURATION for settings of another form
 */
export function newsChannelsOf(settings: Settings): NewsChannels {
  const text = secretOf('newsChannels', settings)?.current;
  if (text === undefined) return settings.mode === 'local' ? recordedChannels(settings.dataDir) : NO_CHANNELS;
  if (opened?.text !== text) opened = { text, channels: openChannels(text, settings.mode === 'local') };
  return opened.channels;
}

const NO_CHANNELS: NewsChannels = { senders: {}, hasQuietHours: true };

function openChannels(text: string, isLocal: boolean): NewsChannels {
  const { sms, wechat, email, webPush } = readSettings(text);
  const reach = { reach: isLocal ? 'public-or-loopback' : 'public' } as const;
  return {
    senders: {
      ...(sms && { SMS: smsSender(sms, reach) }),
      ...(wechat && { WECHAT: wechatSender(wechat, reach) }),
      ...(email && { EMAIL: emailSender(email, isLocal) }),
      ...(webPush && { WEB_PUSH: webPushSender(webPush, reach) }),
    },
    hasQuietHours: true,
  };
}

/** The error names no value, since values are secrets. */
function readSettings(text: string) {
  try {
    return newsSettings.parse(JSON.parse(text));
  } catch {
    throw new CodedError('CONFIGURATION', 'NEWS_CHANNELS must be a JSON object as in docs/news.md.');
  }
}

/** File of a data folder with the messages of a developer's machine, a JSON object a line. */
export const RECORDED_NEWS = 'sent-news.jsonl';

/** Returns channels that append messages to a file instead of sending them, with masked addresses. */
function recordedChannels(dataDir: string): NewsChannels {
  const record =
    (channel: NewsChannel): SendNews =>
    async ({ id, maskedAddress, words }, now) => {
      mkdirSync(dataDir, { recursive: true });
      const line = JSON.stringify({
        at: now.toISOString(),
        id,
        of: words.of,
        channel,
        to: maskedAddress,
        text: words.text,
      });
      appendFileSync(join(dataDir, RECORDED_NEWS), `${line}\n`, { mode: 0o600 });
      return SENT;
    };
  const senders = Object.fromEntries(NEWS_CHANNELS.map((channel) => [channel, record(channel)]));
  return { senders, hasQuietHours: false };
}
