import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { importJWK, jwtVerify } from 'jose';
import { newPushKeys } from '../../src/cli/secrets.ts';
import { newsText } from '../../src/domain/news/message.ts';
import { newsChannelsOf, RECORDED_NEWS } from '../../src/notify/news/channels.ts';
import { emailSender } from '../../src/notify/news/email.ts';
import { smsSender } from '../../src/notify/news/sms.ts';
import { webPushSender } from '../../src/notify/news/web-push.ts';
import { wechatSender } from '../../src/notify/news/wechat.ts';
import { startSmtpReceiver } from '../fixtures/smtp-receiver.ts';
import { NOW } from '../harness.ts';

/** The requests that providers of messages get, and what becomes of their answers. */

interface Asked {
  readonly url: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

let server: Server;
let endpoint: string;
let asked: Asked[] = [];
let answers: unknown[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    asked.push({ url: request.url ?? '', headers: request.headers, body: await text(request) });
    const answer = answers.shift();
    if (typeof answer === 'number') response.statusCode = answer;
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());
beforeEach(() => {
  asked = [];
  answers = [];
});

const LOCAL = { reach: 'public-or-loopback' } as const;
const templates = { ZH: 'T-ZH', JA: 'T-JA', EN: 'T-EN' };
const message = {
  id: 'msg_1',
  address: '10087654321',
  maskedAddress: '100****4321',
  words: newsText('TJ-7', 'JA'),
  locale: 'JA',
} as const;

test('a text message is one signed request, whose address has nothing personal', async () => {
  const settings = { endpoint, accessKeyId: 'id', accessKeySecret: 'secret', signName: '天津', templates };
  const send = smsSender(settings, LOCAL);
  answers = [{ Code: 'OK', BizId: '1' }, { Code: 'isv.MOBILE_NUMBER_ILLEGAL' }, { Code: 'isv.BUSINESS_LIMIT_CONTROL' }];
  expect(await send(message, NOW)).toEqual({ is: 'SENT' });
  const [{ url, headers, body } = { url: '', headers: {}, body: '' }] = asked;
  expect(url).toBe('/');
  expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
    OutId: 'msg_1',
    PhoneNumbers: '10087654321',
    SignName: '天津',
    TemplateCode: 'T-JA',
    TemplateParam: '{"number":"TJ-7"}',
  });
  expect(headers).toMatchObject({
    'x-acs-action': 'SendSms',
    'x-acs-version': '2017-05-25',
    'x-acs-date': '2020-03-17T02:00:00Z',
    authorization: expect.stringMatching(/^ACS3-HMAC-SHA256 Credential=id,SignedHeaders=content-type;host;/),
  });
  expect(await send(message, NOW)).toEqual({ is: 'FAILED', fault: 'isv.MOBILE_NUMBER_ILLEGAL', isFinal: true });
  expect(await send(message, NOW)).toEqual({ is: 'FAILED', fault: 'isv.BUSINESS_LIMIT_CONTROL', isFinal: false });
});

test('template messages share an access token until it ends, and carry their id', async () => {
  const send = wechatSender({ endpoint, appId: 'app', appSecret: 'secret', templates }, LOCAL);
  const token = (text: string) => ({ access_token: text, expires_in: 7_200 });
  answers = [token('t-1'), { errcode: 0 }, { errcode: 42001 }, token('t-2'), { errcode: 43004 }];
  expect(await send(message, NOW)).toEqual({ is: 'SENT' });
  expect(await send(message, NOW)).toEqual({ is: 'FAILED', fault: 'WECHAT_42001', isFinal: false });
  expect(await send(message, NOW)).toEqual({ is: 'FAILED', fault: 'WECHAT_43004', isFinal: true });
  expect(asked.map(({ url }) => url)).toEqual([
    '/cgi-bin/stable_token',
    '/cgi-bin/message/template/send?access_token=t-1',
    '/cgi-bin/message/template/send?access_token=t-1',
    '/cgi-bin/stable_token',
    '/cgi-bin/message/template/send?access_token=t-2',
  ]);
  expect(JSON.parse(asked[1]?.body ?? '')).toEqual({
    touser: '10087654321',
    template_id: 'T-JA',
    client_msg_id: 'msg_1',
    data: { number: { value: 'TJ-7' } },
  });
});

test('an e-mail has a stable id and the case’s number; a refused recipient is final', async () => {
  const relay = await startSmtpReceiver();
  const settings = { host: '127.0.0.1', port: relay.port, secure: false, from: 'cases@park.example' };
  const send = emailSender(settings, true);
  const toWang = { ...message, address: 'wang@example.org', words: newsText('TJ-7', 'EN'), locale: 'EN' } as const;
  expect(await send(toWang, NOW)).toEqual({ is: 'SENT' });
  const [mail] = relay.take();
  expect(mail?.to).toBe('wang@example.org');
  expect(mail?.message).toMatch(/^Message-ID: <msg_1@park\.example>$/m);
  expect(mail?.message).toMatch(/^Subject: News in case TJ-7$/m);
  expect(mail?.message).toContain('There is news in case TJ-7. Sign in to read it.');
  relay.recipientReply = '550 no such user';
  expect(await send(toWang, NOW)).toEqual({ is: 'FAILED', fault: 'EENVELOPE', isFinal: true });
  relay.recipientReply = '451 later';
  expect(await send(toWang, NOW)).toEqual({ is: 'FAILED', fault: 'EENVELOPE', isFinal: false });
  // Elsewhere than on a developer's machine nothing is sent without TLS.
  expect(await emailSender(settings, false)(toWang, NOW)).toMatchObject({ is: 'FAILED', isFinal: false });
  expect(relay.take()).toEqual([]);
  await relay.stop();
});

test('a browser’s message goes to its push service encrypted, with the operator’s token', async () => {
  const settings = { subject: 'mailto:cases@park.example', ...newPushKeys() };
  const send = webPushSender(settings, LOCAL);
  const browser = newPushKeys().publicKey;
  const subscription = { endpoint: `${endpoint}/push/1`, keys: { p256dh: browser, auth: 'BTBZMqHH6r4Tts7J_aSIgg' } };
  const toBrowser = { ...message, address: JSON.stringify(subscription) };
  answers = [201, 410, 429];
  expect(await send(toBrowser, NOW)).toEqual({ is: 'SENT' });
  const [{ url, headers, body } = { url: '', headers: {}, body: '' }] = asked;
  expect([url, body.includes('TJ-7')]).toEqual(['/push/1', false]);
  expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', topic: 'msg_1', ttl: '259200' });
  const [, token = '', key] = /^vapid t=(\S+), k=(\S+)$/.exec(String(headers.authorization)) ?? [];
  expect(key).toBe(settings.publicKey);
  const point = Buffer.from(settings.publicKey, 'base64url');
  const coordinate = (from: number) => point.subarray(from, from + 32).toString('base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33) };
  const checked = await jwtVerify(token, await importJWK(jwk, 'ES256'), { currentDate: NOW });
  expect(checked.payload).toEqual({ aud: endpoint, sub: settings.subject, exp: NOW.getTime() / 1_000 + 3_600 });
  expect(await send(toBrowser, NOW)).toEqual({ is: 'FAILED', fault: 'GONE', isFinal: true });
  expect(await send(toBrowser, NOW)).toEqual({ is: 'FAILED', fault: 'PUSH_429', isFinal: false });
  expect(await webPushSender(settings, { reach: 'public' })(toBrowser, NOW)).toMatchObject({ is: 'FAILED' });
  expect(asked).toHaveLength(3);
});

test('a provider inside the network is not called outside local mode', async () => {
  const settings = { endpoint, accessKeyId: 'id', accessKeySecret: 'secret', signName: '天津', templates };
  expect(await smsSender(settings, { reach: 'public' })(message, NOW)).toMatchObject({ is: 'FAILED', isFinal: false });
  expect(asked).toEqual([]);
});

test('a developer’s machine records messages; wrong settings are named without their values', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'bridgehead-news-'));
  const settings = { mode: 'local', dataDir, cursorSecret: '', caseTokenSecret: '', originSecret: '' } as const;
  const { senders, hasQuietHours } = newsChannelsOf({ ...settings, newsChannels: undefined });
  expect(await senders.SMS?.(message, NOW)).toEqual({ is: 'SENT' });
  const [line] = readFileSync(join(dataDir, RECORDED_NEWS), 'utf8').split('\n');
  expect([JSON.parse(line ?? ''), hasQuietHours]).toEqual([
    {
      at: NOW.toISOString(),
      id: 'msg_1',
      of: 'CASE',
      channel: 'SMS',
      to: '100****4321',
      text: '受付番号TJ-7の手続に新しいお知らせがあります。ログインしてご確認ください。',
    },
    false,
  ]);
  rmSync(dataDir, { recursive: true });
  expect(() => newsChannelsOf({ ...settings, newsChannels: '{"sms":{"accessKeySecret":"s3cret"}}' })).toThrow(
    'NEWS_CHANNELS must be a JSON object',
  );
  expect(newsChannelsOf({ ...settings, mode: 'aws', newsChannels: undefined }).senders).toEqual({});
});
