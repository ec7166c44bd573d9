import { parseArgs } from 'node:util';
import { config } from '../config.ts';
import { isIdOf } from '../domain/ids.ts';
import type { ErasureObstacle } from '../domain/people/erasure.ts';
import { CodedError } from '../errors.ts';
import { type ErasureOutcome, type ErasureRequest, erase } from '../handlers/invoked/erasure.ts';
import { withMasterSecret } from '../local/local-secret.ts';
import { openErasureRegister } from '../storage/person-keys/erasure-register.ts';
import { keyringOf } from '../storage/person-keys/keyring.ts';
import { rotateZone } from '../storage/person-keys/rotate-zone.ts';
import { isKnown, reapplyErasures } from '../storage/talent/people/erase-person.ts';
import { indexPersons } from '../storage/talent/people/index-persons.ts';
import { reencryptPerson } from '../storage/talent/people/reencrypt-person.ts';
import { openTalentTable, type TalentTable } from '../storage/talent/people/sealing.ts';
import { openUploads } from '../storage/uploads/open.ts';
import { withTables } from './data/with-tables.ts';
import { runOnTables } from './stack/option.ts';

const USAGE = `npm run persons -- rotate --zone ZONE_ID
npm run persons -- reencrypt --person PERSON
npm run persons -- erase  --person PERSON [--despite-retention]
npm run persons -- reapply-erasures
npm run persons -- index

Manages the keys of personal data.
  rotate            Gives a zone a new key, waits a minute until no request uses the earlier one, and wraps the keys of its
                    persons by it. After an interruption, run it again.
  reencrypt         Gives a person a new key, waits likewise, and encrypts all their stored data by it, if somebody may have
                    seen the key. After an interruption, run it again.
  erase             Destroys a person's key, and deletes their masked forms and their cases' files. It can't be undone. It is
                    refused while a case is open and during its retention. --despite-retention is for an order of a court
                    or an authority.
  reapply-erasures  After a restore of the talent table: deletes the data of erased persons again.
  index             Lists persons for searchCases whose data are older than the search, or whose case has moved to another
                    zone. Run it once after an upgrade; after an interruption, run it again.
On AWS ERASURE_FUNCTION names the stack's function that erases; the caller then needs only the right to invoke it.
It works on the stack that --stack NAME names, on the tables that BRIDGEHEAD_MODE, STAGE, AWS_REGION, TALENT_TABLE, PERSON_KEYS_TABLE, CREDENTIALS_TABLE and
DYNAMODB_ENDPOINT name, with the keys that MASTER_KEYS names and the files in the bucket that UPLOADS_BUCKET names, else on
the embedded database in DATA_DIR, whether the system runs or not.`;

const WAITING = 'Waiting a minute until no request uses the earlier key …';

interface Options {
  readonly zone: string | undefined;
  readonly person: string | undefined;
  readonly despiteRetention: boolean;
}

type Command = (table: TalentTable, options: Options, now: Date) => Promise<void>;

const COMMANDS: Readonly<Record<string, Command>> = {
  async rotate({ keys, keyring }, { zone }) {
    if (zone === undefined || !isIdOf('zone', zone)) throw new CodedError('CONFIGURATION', USAGE);
    console.error(WAITING);
    const { version, rewrapped } = await rotateZone(keys, keyring, zone);
    console.log(`${rewrapped} persons' keys are wrapped anew. The key of ${zone} has version ${version}.`);
  },
  async reencrypt(table, { person }) {
    if (person === undefined) throw new CodedError('CONFIGURATION', USAGE);
    if (!(await isKnown(table, person))) throw unknown(person);
    console.error(WAITING);
    console.log(`${await reencryptPerson(table, person)} items are encrypted anew.`);
  },
  async erase(table, { person, despiteRetention }, now) {
    if (person === undefined) throw new CodedError('CONFIGURATION', USAGE);
    const register = openErasureRegister(withMasterSecret(config()));
    report(await erase(table, { person, despiteRetention }, { now, register }), person);
  },
  async index(table, _, now) {
    console.log(`${await indexPersons(table, now)} persons can be searched for now.`);
  },
  async 'reapply-erasures'(table) {
    console.log(`${await reapplyErasures(table)} erasures are applied again.`);
  },
};

/** Reports the result of an erasure in a sentence. */
function report(outcome: ErasureOutcome, person: string): void {
  if (outcome.kind === 'UNKNOWN') throw unknown(person);
  if (outcome.kind === 'REFUSED') {
    throw new CodedError('CONFIGURATION', `Nothing was erased:\n${outcome.obstacles.map(sentence).join('\n')}`);
  }
  const { children, cases, answers, entries } = outcome;
  console.log(
    `Erased, with ${children} children, in ${cases} cases, ${answers} stored answers and ${entries} entries of the access log.`,
  );
}

/** Erases by the stack's function, whose role alone may destroy keys. The caller needs only the right to invoke it. */
async function eraseByFunction(functionName: string, region: string, request: ErasureRequest): Promise<ErasureOutcome> {
  const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
  const client = new LambdaClient({ region, maxAttempts: 1, requestHandler: { requestTimeout: 900_000 } });
  const command = new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(request) });
  const { FunctionError, Payload } = await client.send(command);
  if (FunctionError !== undefined) {
    throw new CodedError('CONFIGURATION', 'The erasure failed; its log has the cause. Run it again to erase the rest.');
  }
  return JSON.parse(Payload?.transformToString() ?? '') as ErasureOutcome;
}

function unknown(person: string): CodedError {
  return new CodedError(
    'CONFIGURATION',
    `No data of ${person} are stored. Use the identifier that the token issuer gives the person.`,
  );
}

function sentence(obstacle: ErasureObstacle): string {
  return obstacle.code === 'UNDER_WAY'
    ? `${obstacle.caseId} is under way.`
    : `${obstacle.caseId} must be kept ${obstacle.until === null ? 'for good' : `until ${obstacle.until}`}.`;
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      zone: { type: 'string' },
      person: { type: 'string' },
      'despite-retention': { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const [name = ''] = positionals;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw new CodedError('CONFIGURATION', USAGE);
  const { zone, person, 'despite-retention': despiteRetention } = values;
  const { erasureFunction, region } = config();
  if (name === 'erase' && person !== undefined && erasureFunction !== undefined) {
    return report(await eraseByFunction(erasureFunction, region, { person, despiteRetention }), person);
  }
  await withTables(withMasterSecret(config()), { owner: 'persons' }, ({ open, settings }) =>
    command(
      openTalentTable(open('talent'), {
        tables: settings.tables,
        keyring: keyringOf(settings),
        uploads: openUploads(settings),
      }),
      { zone, person, despiteRetention },
      new Date(),
    ),
  );
}

await runOnTables(main);
