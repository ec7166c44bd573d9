import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { isSignedBy, secretBytes, secretText, signatures } from '../../../src/notify/signature.ts';

/** Ours against the reference implementation of Standard Webhooks, both ways. */

const now = Math.floor(Date.now() / 1_000);
const secrets = fc.uint8Array({ minLength: 24, maxLength: 64 });
const contents = fc.record({
  id: fc.stringMatching(/^msg_[\w-]{1,27}$/),
  timestamp: fc.constant(now),
  body: fc.json(),
});

test('the reference library accepts our signatures, by each secret', () => {
  fc.assert(
    fc.property(fc.array(secrets, { minLength: 1, maxLength: 3 }), contents, (inUse, content) => {
      const headers = {
        'webhook-id': content.id,
        'webhook-timestamp': String(content.timestamp),
        'webhook-signature': signatures(inUse, content),
      };
      for (const secret of inUse) {
        expect(new Webhook(secretText(secret)).verify(content.body, headers)).toEqual(JSON.parse(content.body));
      }
    }),
    { seed: 1 },
  );
});

test("accepts the reference library's signatures, and no changed content", () => {
  fc.assert(
    fc.property(secrets, secrets, contents, (secret, other, content) => {
      const reference = new Webhook(secretText(secret));
      const header = reference.sign(content.id, new Date(content.timestamp * 1_000), content.body);
      expect(isSignedBy(secretBytes(secretText(secret)), content, `v1a,no ${header}`)).toBe(true);
      expect(isSignedBy(secret, { ...content, body: `${content.body} ` }, header)).toBe(false);
      expect(isSignedBy(secret, { ...content, timestamp: content.timestamp + 1 }, header)).toBe(false);
      expect(isSignedBy(secret, { ...content, id: `${content.id}x` }, header)).toBe(false);
      if (Buffer.compare(secret, other) !== 0) expect(isSignedBy(other, content, header)).toBe(false);
    }),
    { seed: 1 },
  );
});

test("signs the specification's example", () => {
  const secret = secretBytes('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
  const content = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1_614_265_330, body: '{"test": 2432232314}' };
  expect(signatures([secret], content)).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});
