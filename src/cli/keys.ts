import { parseArgs } from 'node:util';
import { createApiKey, endApiKey, listApiKeys, rotateApiKey } from '../auth/api-key-life.ts';
import { config } from '../config.ts';
import { CodedError } from '../errors.ts';
import type { Table } from '../storage/dynamodb/table.ts';
import { withTables } from './data/with-tables.ts';
import { runOnTables } from './stack/option.ts';

const USAGE = `npm run keys -- create --zone ZONE_ID [--label TEXT] [--days 365]
npm run keys -- list   --zone ZONE_ID
npm run keys -- rotate --zone ZONE_ID [--key ID] [--days 365] [--overlap-days 7]
npm run keys -- revoke --zone ZONE_ID --key ID

API keys for the systems of partner zones. A key is shown once, when it is made; what is stored can't be turned back into
it. A rotated key is taken beside the new one until the overlap ends; a revoked one for half a minute at most.
It works on the stack that --stack NAME names, on the table that BRIDGEHEAD_MODE, STAGE, AWS_REGION, CREDENTIALS_TABLE and DYNAMODB_ENDPOINT name, else on the
embedded database in DATA_DIR, whether the system runs or not.`;

const TIMEOUT_MS = 30_000;

interface Options {
  readonly key: string | undefined;
  readonly label: string;
  readonly days: number;
  readonly overlapDays: number;
}

type Command = (table: Table, zone: string, options: Options, now: Date) => Promise<void>;

const COMMANDS: Readonly<Record<string, Command>> = {
  async create(table, zone, { label, days }, now) {
    const { text, facts } = await createApiKey(table, { zone, label, days, now });
    showOnce(text, facts.expiresAt);
  },
  async list(table, zone, _, now) {
    for (const { facts, fault } of await listApiKeys(table, zone, now)) {
      const { id, label, createdAt, expiresAt, lastUsedAt, replacedBy } = facts;
      const state = fault ?? (replacedBy === null ? 'in use' : `replaced by ${replacedBy}`);
      console.log(`${id}  ${label}  ${state}  made ${createdAt}  ends ${expiresAt}  used ${lastUsedAt ?? 'never'}`);
    }
  },
  async rotate(table, zone, { key, days, overlapDays }, now) {
    const chosen = key === undefined ? {} : { key };
    const rotated = await rotateApiKey(table, { zone, days, overlapDays, now, ...chosen });
    const { text, facts, replaced, replacedUntil } = rotated;
    showOnce(text, facts.expiresAt);
    console.error(`The key ${replaced} is valid until ${replacedUntil}.`);
  },
  async revoke(table, zone, { key }, now) {
    if (key === undefined) throw new CodedError('CONFIGURATION', USAGE);
    await endApiKey(table, { zone, key, now });
    console.error(`The key ${key} is revoked.`);
  },
};

/** Prints a key: only the key itself goes to standard output. */
function showOnce(text: string, expiresAt: string): void {
  console.error(`Send it as "authorization: Bearer …" until ${expiresAt}. It is not shown again.`);
  console.log(text);
}

function wholeDays(option: string, text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 0 || days > 1_000) {
    throw new CodedError('CONFIGURATION', `${option} is a whole number of days up to 1000.`);
  }
  return days;
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      zone: { type: 'string' },
      key: { type: 'string' },
      label: { type: 'string', default: 'system' },
      days: { type: 'string', default: '365' },
      'overlap-days': { type: 'string', default: '7' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const [name = ''] = positionals;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  const { zone, key, label } = values;
  if (command === undefined || zone === undefined) throw new CodedError('CONFIGURATION', USAGE);
  const options: Options = {
    key,
    label,
    days: wholeDays('--days', values.days),
    overlapDays: wholeDays('--overlap-days', values['overlap-days']),
  };
  await withTables(config(), { owner: 'keys', timeoutMs: TIMEOUT_MS }, (tables) =>
    command(tables.open('credentials'), zone, options, new Date()),
  );
}

await runOnTables(main);
