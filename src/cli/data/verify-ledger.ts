import { continues, readLedger, verifyLedger } from '../../domain/linkages/ledger/verify.ts';
import { CodedError } from '../../errors.ts';
import { parsePath } from '../parse-options.ts';
import { readText, runCommand } from '../refusals.ts';

const USAGE = `npm run verify-ledger -- FILE [--after EARLIER] [--key ZONE=KEY …]

Verifies an exported ledger of benefit sharing, without a server: every number, hash and signature, and every settlement,
which is computed again. FILE has one entry a line, a JSON object with its text and its signature.
  --after EARLIER  An earlier export: its entries must all be there, unchanged.
  --key ZONE=KEY   The first public key of a zone, as the zone itself tells it. Without it, the ledger's own is taken.
Says until which entry each zone has signed, and exits with 1 where the ledger is not sound.`;

async function main(): Promise<void> {
  const { path: file, values } = parsePath(USAGE, {
    after: { type: 'string' },
    key: { type: 'string', multiple: true, default: [] },
  });
  const trusted = Object.fromEntries((values.key ?? []).map(keyOfZone));
  const entries = entriesOf(file);
  const verified = verifyLedger(entries, trusted);
  if (!verified.ok) throw new CodedError('BAD_USER_INPUT', verified.fault);
  if (values.after !== undefined && !continues(entries, entriesOf(values.after))) {
    throw new CodedError('BAD_USER_INPUT', `The ledger doesn't continue ${values.after}.`);
  }
  const { ledger, head, accounts, signedUntil } = verified.value;
  console.log(
    `The ledger of ${ledger} is sound: ${head.number} entries, ${accounts.size} accounts, hash ${head.hash}.`,
  );
  for (const [zone, key] of Object.entries(head.keys)) {
    console.log(`${zone} has signed all entries until ${signedUntil.get(zone) ?? 0}, now by the key ${key}.`);
  }
}

function keyOfZone(option: string): readonly [zone: string, key: string] {
  const cut = option.indexOf('=');
  if (cut < 1) throw new CodedError('BAD_USER_INPUT', '--key takes ZONE=KEY.');
  return [option.slice(0, cut), option.slice(cut + 1)];
}

function entriesOf(file: string) {
  const read = readLedger(readText(file));
  if ('faulty' in read) throw new CodedError('BAD_USER_INPUT', `${file}: line ${read.faulty} is no entry.`);
  return read.entries;
}

await runCommand(main);
