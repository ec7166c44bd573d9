import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { configure } from '../../src/config.ts';
import { loadDemoData } from '../../src/local/demo-data/load.ts';
import { type EmbeddedDatabase, startDatabase } from '../../src/local/embedded-database.ts';
import { type RecordingProxy, startRecordingProxy } from '../recording-proxy.ts';

let dataDir: string;
let database: EmbeddedDatabase;
let proxy: RecordingProxy;
let handler: typeof import('../../src/handlers/gateway.ts').handler;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'bridgehead-test-'));
  const { tables } = configure({ mode: 'local', cursorSecret: 'a secret that is for tests only, and long' });
  await loadDemoData({ dataDir, tables, scale: 'S', anchor: '2026-09-10' });
  database = await startDatabase({ dataDir });
  proxy = await startRecordingProxy(database.endpoint);
  configure({ dynamodbEndpoint: proxy.endpoint });
  ({ handler } = await import('../../src/handlers/gateway.ts'));
}, 60_000);
afterAll(async () => {
  await proxy.stop();
  await database.stop();
  rmSync(dataDir, { recursive: true });
});

// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query.
async function ask(query: string, variables: object = {}): Promise<any> {
  const event: Partial<APIGatewayProxyEventV2> = {
    rawPath: '/graphql',
    rawQueryString: '',
    headers: { 'content-type': 'application/json' },
    requestContext: { http: { method: 'POST', path: '/graphql' } } as APIGatewayProxyEventV2['requestContext'],
    body: JSON.stringify({ query, variables }),
    isBase64Encoded: false,
  };
  const answer = await handler(event as APIGatewayProxyEventV2, { getRemainingTimeInMillis: () => 29_000 });
  const { data, errors } = JSON.parse(answer.body ?? '');
  expect(errors).toBeUndefined();
  return data;
}

const WAY = `query ($enterprises: Int!) {
  park(code: "binhai-zhongguancun") {
    enterprises(first: $enterprises) { nodes {
      name
      cases(first: 2) { nodes {
        state
        park { code }
        policy {
          code
          issuer { level }
          coverage(on: "2020-03-16") {
            agreement { title parties { zone { code } } }
            toZone { code parks(first: 5) { nodes { code resumption(on: "2020-03-16") { reported } } } }
          }
        }
      } }
    } }
  }
}`;

interface Way {
  readonly park: {
    readonly enterprises: {
      readonly nodes: readonly {
        readonly name: string;
        readonly cases: { readonly nodes: readonly { readonly policy: { readonly code: string } | null }[] };
      }[];
    };
  };
}

test('one question goes from a park over its enterprises, their cases and policies to the zones that these cover', async () => {
  const { park }: Way = await ask(WAY, { enterprises: 100 });
  expect(park.enterprises.nodes).toHaveLength(100);
  const cases = park.enterprises.nodes.flatMap((enterprise) => enterprise.cases.nodes);
  expect(cases.find(({ policy }) => policy?.code === 'sample-talent-hukou')).toEqual({
    state: expect.stringMatching(/^[A-Z_]+$/),
    park: { code: 'binhai-zhongguancun' },
    policy: {
      code: 'sample-talent-hukou',
      issuer: { level: 'DISTRICT' },
      coverage: [
        {
          agreement: {
            title: expect.any(String),
            parties: [{ zone: { code: 'teda' } }, { zone: { code: 'baodi' } }],
          },
          toZone: { code: 'baodi', parks: { nodes: expect.any(Array) } },
        },
      ],
    },
  });
});

test('nothing on the way is asked once an item, but a list once a parent', async () => {
  const lists = (calls: readonly string[]) => calls.filter((call) => call === 'Query').length;
  const others = (calls: readonly string[]) => calls.filter((call) => call !== 'Query');
  const few = await proxy.during(() => ask(WAY, { enterprises: 10 }));
  const many = await proxy.during(() => ask(WAY, { enterprises: 40 }));
  // The list of enterprises, the cases of each, and the parks of the zones.
  expect(lists(few)).toBeLessThanOrEqual(1 + 10 + 2);
  expect(lists(many)).toBeLessThanOrEqual(1 + 40 + 2);
  expect(new Set(others(many))).toEqual(new Set(['BatchGetItem']));
  expect(others(many).length).toBeLessThanOrEqual(others(few).length + 2);
});

test('and from a case back to its park and zone, and to what else applies there', async () => {
  const calls = await proxy.during(async () => {
    const data = await ask(
      `query ($receipt: String) { case(receiptNumber: $receipt) {
        timeline { kind } documents { code }
        park { code zone { code linkedZones(within: 2) { steps zone { code } } groups { code } } }
        enterprise { uscc applicablePolicies(on: "2020-03-16") { applies policy { code } chain { coverage { fromZone { code } } } } }
      } }`,
      { receipt: 'BHZ-000001' },
    );
    expect(data.case.park).toMatchObject({ code: 'binhai-zhongguancun', zone: { groups: [{ code: '1-plus-4' }] } });
    expect(data.case.park.zone.linkedZones).toContainEqual({ steps: 1, zone: { code: 'zhongguancun' } });
    expect(data.case.enterprise.applicablePolicies).toContainEqual({
      applies: true,
      policy: { code: 'tianjin-16-measures' },
      chain: [],
    });
    expect(data.case.enterprise.applicablePolicies).toContainEqual({
      applies: true,
      policy: { code: 'sample-innovation-voucher' },
      chain: [{ coverage: { fromZone: { code: 'zhongguancun' } } }],
    });
  });
  expect(calls).not.toContain('Scan');
  expect(calls.length).toBeLessThanOrEqual(14);
});

test('a case alone is two calls by its receipt number', async () => {
  const calls = await proxy.during(() =>
    ask('{ case(receiptNumber: "BHZ-000001") { state timeline { kind } documents { status } opinions { verdict } } }'),
  );
  expect(calls).toEqual(['GetItem', 'Query']);
});
