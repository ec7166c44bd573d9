import { createECDH, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { config } from '../config.ts';
import { CodedError } from '../errors.ts';
import { MAX_SECRET_AGE_SECONDS, type StoredSecret, storedSecret } from '../secrets.ts';
import { explain } from './refusals.ts';

const USAGE = `npm run secrets -- rotate --id SECRET [--at-once]
npm run secrets -- push-keys

Gives a secret in AWS Secrets Manager another value: the one that signs cursors or case holders' tokens, by the name or ARN
that the stack's outputs tell. AWS_REGION names the region.
  rotate            puts the next value beside the current one, waits ${MAX_SECRET_AGE_SECONDS + 30} seconds until every instance accepts it, and then
                    has it signed with; what was signed with the value before stays accepted until the next rotation.
                    Cut short, the same again goes on.
  rotate --at-once  accepts none of the values before, for one that somebody may have seen: cursors that clients hold
                    become invalid, and case holders sign in again
The first value stays beside them: tags of receipts' secrets are made of it.

push-keys prints a new pair of keys for notifications of browsers, to be put into NEWS_CHANNELS: docs/news.md.`;

const WAIT_MS = (MAX_SECRET_AGE_SECONDS + 30) * 1_000;

/** The steps of a secret's rotation. */
export const steps = {
  /** Adds the next value, which is accepted but does not sign yet. An existing next value stays. */
  stage: ({ next = newValue(), ...before }: StoredSecret): StoredSecret => ({ ...before, next }),
  /** Makes the next value the one that signs. */
  promote: ({ current, next = current, root = current }: StoredSecret): StoredSecret => ({
    current: next,
    previous: current,
    root,
  }),
  replace: ({ current, root = current }: StoredSecret): StoredSecret => ({ current: newValue(), root }),
};

const newValue = () => randomBytes(36).toString('base64url');

async function rotate(id: string, isImmediate: boolean): Promise<void> {
  const client = new SecretsManagerClient({ region: config().region });
  const change = async (step: (before: StoredSecret) => StoredSecret) => {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: id }));
    const after = step(storedSecret.parse(JSON.parse(SecretString)));
    await client.send(new PutSecretValueCommand({ SecretId: id, SecretString: JSON.stringify(after) }));
  };
  if (isImmediate) return change(steps.replace);
  await change(steps.stage);
  console.error(`Waiting ${WAIT_MS / 1_000} seconds until every instance accepts the next value …`);
  await sleep(WAIT_MS);
  await change(steps.promote);
}

/** Makes the keys of an operator towards push services (VAPID): a point and a scalar of P-256, base64url. */
export function newPushKeys(): { readonly publicKey: string; readonly privateKey: string } {
  const pair = createECDH('prime256v1');
  const publicKey = pair.generateKeys('base64url');
  // A scalar that begins with zeros is shorter.
  const scalar = Buffer.from(pair.getPrivateKey('hex').padStart(64, '0'), 'hex');
  return { publicKey, privateKey: scalar.toString('base64url') };
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      id: { type: 'string' },
      'at-once': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  if (positionals[0] === 'push-keys') return console.log(JSON.stringify(newPushKeys()));
  if (positionals[0] !== 'rotate' || values.id === undefined) throw new CodedError('CONFIGURATION', USAGE);
  await rotate(values.id, values['at-once']);
  console.log('The secret is rotated.');
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  }
}
