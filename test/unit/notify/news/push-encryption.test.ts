import { createDecipheriv, createECDH, hkdfSync } from 'node:crypto';
import { newPushKeys } from '../../../../src/cli/secrets.ts';
import { encryptPush } from '../../../../src/notify/news/push-encryption.ts';

const bytes = (text: string) => Buffer.from(text, 'base64url');

test('a message is that of the example of RFC 8291, section 5', () => {
  const keys = {
    p256dh: bytes('BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4'),
    auth: bytes('BTBZMqHH6r4Tts7J_aSIgg'),
  };
  const random = {
    privateKey: bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'),
    salt: bytes('DGv6ra1nlYgDCS1FRnbzlw'),
  };
  const text = Buffer.from('When I grow up, I want to be a watermelon');
  expect(encryptPush(text, keys, random).toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  );
});

test('each message has a salt and a key of its own, and the browser reads it', () => {
  const browser = createECDH('prime256v1');
  const p256dh = browser.generateKeys();
  const auth = Buffer.alloc(16, 7);
  const [one, two] = [1, 2].map(() => encryptPush(Buffer.from('news'), { p256dh, auth }));
  expect(one?.subarray(0, 86).equals(two?.subarray(0, 86) ?? Buffer.alloc(0))).toBe(false);
  const [salt, sender, sealed] = [one!.subarray(0, 16), one!.subarray(21, 86), one!.subarray(86)];
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), p256dh, sender]);
  const derive = (secret: Uint8Array, from: Uint8Array, what: string | Uint8Array, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, from, what, length));
  const secret = derive(browser.computeSecret(sender), auth, info, 32);
  const key = derive(secret, salt, 'Content-Encoding: aes128gcm\0', 16);
  const opening = createDecipheriv('aes-128-gcm', key, derive(secret, salt, 'Content-Encoding: nonce\0', 12));
  opening.setAuthTag(sealed.subarray(-16));
  expect(Buffer.concat([opening.update(sealed.subarray(0, -16)), opening.final()]).toString()).toBe('news\u0002');
});

test('the printed keys of an operator have the form that the settings want', () => {
  const { publicKey, privateKey } = newPushKeys();
  expect([publicKey, privateKey]).toEqual([
    expect.stringMatching(/^B[\w-]{86}$/),
    expect.stringMatching(/^[\w-]{43}$/),
  ]);
});
