import { parseArgs } from 'node:util';
import { type Config, config } from '../config.ts';
import { isIdOf } from '../domain/ids.ts';
import { concerns, type OutboxEntry } from '../domain/webhooks/webhook.ts';
import { CodedError } from '../errors.ts';
import { withMasterSecret } from '../local/local-secret.ts';
import {
  createEndpoint,
  listEndpoints,
  readEndpointOf,
  removeEndpoint,
  rotateSecret,
  setEnabled,
} from '../notify/endpoint-life.ts';
import { reachOf } from '../notify/notifier.ts';
import { isPolicyPublication, tellSystems, withCoveredZones } from '../notify/policy-publications.ts';
import { scanPages } from '../storage/dynamodb/read.ts';
import type { Table } from '../storage/dynamodb/table.ts';
import { linkageNewsOf } from '../storage/linkages/linkage-news.ts';
import { type Keyring, keyringOf } from '../storage/person-keys/keyring.ts';
import type { PrimaryKey } from '../storage/tables.ts';
import { tellOfLinkages } from '../storage/talent/webhooks/linkage-entries.ts';
import { undeliveredEntries } from '../storage/talent/webhooks/outbox.ts';
import { entriesOfCase, entriesOfZone, redriveEntry, replayEntries } from '../storage/talent/webhooks/replay.ts';
import { withTables } from './data/with-tables.ts';
import { runOnTables } from './stack/option.ts';
import { startListener } from './webhooks/listener.ts';

const USAGE = `npm run webhooks -- create  --zone ZONE_ID --url URL [--types case.submitted,case.approved]
npm run webhooks -- list    --zone ZONE_ID
npm run webhooks -- rotate  --zone ZONE_ID --endpoint ID [--overlap-hours 24]
npm run webhooks -- disable --zone ZONE_ID --endpoint ID
npm run webhooks -- enable  --zone ZONE_ID --endpoint ID
npm run webhooks -- remove  --zone ZONE_ID --endpoint ID
npm run webhooks -- replay  --zone ZONE_ID --endpoint ID (--from INSTANT [--to INSTANT] | --case CASE_ID)
npm run webhooks -- redrive --entry CASE_ID/ENTRY
npm run webhooks -- recover --from INSTANT
npm run webhooks -- undelivered
npm run webhooks -- listen  --port PORT --secret SECRET

Manages the endpoints that get webhooks about a zone's cases and linkages.
  create       Makes an endpoint and shows its secret once. It gets earlier events only by replay.
  rotate       Makes a new secret; the earlier ones sign too until the overlap ends.
  replay       Sends an endpoint its entries of a span of time or of a case again, with the same ids. Entries of the last
               30 days are available. The next sweep sends them, within a minute.
  redrive      Sends one entry again to the endpoints where delivery failed. The log names it by case and entry.
  recover      Puts events of agreements, coverages and published policies into the outbox that the streams have not
               brought there.
  undelivered  Lists the waiting entries, each as CASE_ID/ENTRY.
  listen       Runs an example receiver that prints correctly signed webhooks.
They work on the stack that --stack NAME names, on the tables that BRIDGEHEAD_MODE, STAGE, AWS_REGION, CREDENTIALS_TABLE, TALENT_TABLE, LINKAGES_TABLE,
PARKS_TABLE and DYNAMODB_ENDPOINT name, with the keys that MASTER_KEYS names, else on the embedded database in DATA_DIR, whether the system runs or not.`;

interface Options {
  readonly zone: string;
  readonly endpoint: string;
  readonly url: string;
  readonly types: readonly string[] | null;
  readonly overlapHours: number;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly case: string | undefined;
  readonly entry: string;
}

interface Opened {
  readonly endpoints: Table;
  readonly outbox: Table;
  readonly linkages: Table;
  readonly parks: Table;
  readonly keyring: Keyring;
  readonly settings: Config;
  readonly now: Date;
}

interface Command {
  readonly needs: readonly (keyof Options)[];
  run(opened: Opened, options: Options): Promise<void>;
}

type StoredVersion = PrimaryKey & { readonly type: string };

const COMMANDS: Readonly<Record<string, Command>> = {
  create: {
    needs: ['zone', 'url'],
    async run({ endpoints, keyring, settings, now }, { zone, url, types }) {
      const { text, facts } = await createEndpoint(endpoints, keyring, {
        zone,
        url,
        types,
        reach: reachOf(settings),
        now,
      });
      console.error(`The endpoint is ${facts.id}. Its signing secret is not shown again:`);
      console.log(text);
    },
  },
  list: {
    needs: ['zone'],
    async run({ endpoints }, { zone }) {
      for (const { id, url, types, createdAt, isEnabled, disabledAt, disabledBecause } of await listEndpoints(
        endpoints,
        zone,
      )) {
        const why = disabledBecause === 'GONE' ? 'gone since' : 'disabled since';
        const state = isEnabled ? 'enabled' : `${why} ${disabledAt}`;
        console.log(`${id}  ${url}  ${types?.join(',') ?? 'all'}  ${state}  made ${createdAt}`);
      }
    },
  },
  rotate: {
    needs: ['zone', 'endpoint'],
    async run({ endpoints, keyring, now }, { zone, endpoint, overlapHours }) {
      const { text, replacedUntil } = await rotateSecret(endpoints, keyring, { zone, id: endpoint, overlapHours, now });
      console.error(`The previous secret signs too until ${replacedUntil}. The new one is not shown again:`);
      console.log(text);
    },
  },
  disable: {
    needs: ['zone', 'endpoint'],
    async run({ endpoints, now }, { zone, endpoint }) {
      await setEnabled(endpoints, { zone, id: endpoint, isEnabled: false, now });
      console.error(`${endpoint} gets no more webhooks.`);
    },
  },
  enable: {
    needs: ['zone', 'endpoint'],
    async run({ endpoints, now }, { zone, endpoint }) {
      await setEnabled(endpoints, { zone, id: endpoint, isEnabled: true, now });
      console.error(`${endpoint} gets webhooks from now on.`);
    },
  },
  remove: {
    needs: ['zone', 'endpoint'],
    async run({ endpoints }, { zone, endpoint }) {
      await removeEndpoint(endpoints, { zone, id: endpoint });
      console.error(`${endpoint} is removed.`);
    },
  },
  replay: {
    needs: ['zone', 'endpoint'],
    async run(opened, options) {
      const endpoint = await readEndpointOf(opened.endpoints, options.zone, options.endpoint);
      let count = 0;
      for await (const entries of asked(opened, options)) {
        const wanted = entries.filter((entry) => concerns(endpoint, entry));
        count += await replayEntries(opened.outbox, endpoint.id, wanted, opened.now);
      }
      console.error(`${count} entries are sent again to ${endpoint.id}.`);
      if (!endpoint.isEnabled)
        console.error('The endpoint is disabled: enable it first, or these entries are skipped.');
    },
  },
  redrive: {
    needs: ['entry'],
    async run({ outbox, now }, { entry }) {
      const cut = entry.indexOf('/');
      const endpoints = await redriveEntry(
        outbox,
        { caseId: entry.slice(0, Math.max(cut, 0)), entry: entry.slice(cut + 1) },
        now,
      );
      if (!endpoints) throw new CodedError('BAD_USER_INPUT', `There is no entry ${entry}, or no more.`);
      console.error(`${entry} is sent again to ${endpoints.length} endpoints where its delivery failed.`);
    },
  },
  recover: {
    needs: ['from'],
    async run({ outbox, linkages, parks }, { from = '' }) {
      const since = instant('--from', from);
      let count = 0;
      for await (const page of scanPages<StoredVersion>(linkages, ['RecordVersion'])) {
        const news = page.flatMap((item) => linkageNewsOf(item) ?? []).filter(({ at }) => at >= since);
        count += await tellOfLinkages(outbox, news);
      }
      for await (const page of scanPages<StoredVersion>(parks, ['RecordVersion'])) {
        const published = page.filter(isPolicyPublication).filter(({ publication }) => publication.at >= since);
        count += await tellSystems(outbox, await withCoveredZones(linkages, published));
      }
      console.error(`${count} entries are new in the outbox.`);
    },
  },
  undelivered: {
    needs: [],
    async run({ outbox }) {
      for (const { pk, sk } of await undeliveredEntries(outbox)) console.log(`${pk.slice('OUTBOX#'.length)}/${sk}`);
    },
  },
};

/** Yields the entries of a case, or those of a zone in a span of time. */
async function* asked({ outbox, now }: Opened, options: Options): AsyncGenerator<readonly OutboxEntry[]> {
  if (options.case !== undefined) {
    if (!isIdOf('case', options.case)) throw new CodedError('BAD_USER_INPUT', `"${options.case}" is no case's id.`);
    yield await entriesOfCase(outbox, options.case);
    return;
  }
  if (options.from === undefined) throw new CodedError('CONFIGURATION', USAGE);
  const to = options.to === undefined ? now.toISOString() : instant('--to', options.to);
  yield* entriesOfZone(outbox, options.zone, instant('--from', options.from), to);
}

function instant(option: string, text: string): string {
  const milliseconds = Date.parse(text);
  if (!Number.isNaN(milliseconds)) return new Date(milliseconds).toISOString();
  throw new CodedError('CONFIGURATION', `${option} is an instant such as 2026-11-24T08:00:00Z.`);
}

function wholeNumber(option: string, text: string, max: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && number <= max) return number;
  throw new CodedError('CONFIGURATION', `${option} is a whole number up to ${max}.`);
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      zone: { type: 'string' },
      endpoint: { type: 'string' },
      url: { type: 'string' },
      types: { type: 'string' },
      'overlap-hours': { type: 'string', default: '24' },
      from: { type: 'string' },
      to: { type: 'string' },
      case: { type: 'string' },
      entry: { type: 'string' },
      port: { type: 'string' },
      secret: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const [name = ''] = positionals;
  if (name === 'listen' && values.port !== undefined && values.secret !== undefined) {
    const port = wholeNumber('--port', values.port, 65_535);
    await startListener(port, values.secret, (line) => console.log(line));
    console.error(`Listening on http://127.0.0.1:${port}/ (Ctrl-C ends)`);
    return;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  const { zone = '', endpoint = '', url = '', entry = '', types, from, to } = values;
  const options: Options = {
    zone,
    endpoint,
    url,
    entry,
    from,
    to,
    case: values.case,
    types: types === undefined ? null : types.split(',').map((type) => type.trim()),
    overlapHours: wholeNumber('--overlap-hours', values['overlap-hours'], 1_000),
  };
  if (!command?.needs.every((option) => options[option] !== '')) throw new CodedError('CONFIGURATION', USAGE);
  await withTables(withMasterSecret(config()), { owner: 'webhooks' }, ({ open, settings }) =>
    command.run(
      {
        endpoints: open('credentials'),
        outbox: open('talent'),
        linkages: open('linkages'),
        parks: open('parks'),
        keyring: keyringOf(settings),
        settings,
        now: new Date(),
      },
      options,
    ),
  );
}

await runOnTables(main);
