import { exportJWK, generateKeyPair, jwtVerify } from 'jose';
import { partnerSubgraphs, readPartners } from '../../../src/gateway/remote/partners.ts';
import { createServiceToken } from '../../../src/gateway/remote/service-token.ts';
import { SourceReports } from '../../../src/gateway/remote/sources.ts';
import { ask, SDL } from './asking.ts';
import { json, startPartner } from './partner.ts';

const PARTNER = { name: 'bonded', url: 'https://bonded.example/graphql', audience: 'https://bonded.example' };

test('a registry says who is asked, where, and how', () => {
  expect(
    readPartners(JSON.stringify([PARTNER, { ...PARTNER, name: 'airport', allowStale: true, milliseconds: 800 }])),
  ).toEqual([
    { ...PARTNER, allowStale: false },
    { ...PARTNER, name: 'airport', allowStale: true, milliseconds: 800 },
  ]);
});

test.each([
  ['no JSON', 'partners', /it: /],
  ['no list', '{}', /it: /],
  ['an unknown setting', JSON.stringify([{ ...PARTNER, allowstale: true }]), /allowstale/],
  ['no audience', JSON.stringify([{ ...PARTNER, audience: '' }]), /0\.audience/],
  ['a wrong name', JSON.stringify([{ ...PARTNER, name: 'Bonded Zone' }]), /0\.name: must be/],
  ['a wrong time', JSON.stringify([{ ...PARTNER, milliseconds: 1 }]), /0\.milliseconds/],
  ['one name twice', JSON.stringify([PARTNER, PARTNER]), /"bonded" is registered twice/],
])('%s is refused with the reason', (_, text, why) => {
  expect(() => readPartners(text)).toThrow(why);
});

test.each([
  ['an address of a private network', { ...PARTNER, url: 'https://10.0.0.7/' }, SDL, /public internet/],
  ['a schema that is none', PARTNER, 'type Query { park: Missing }', /schema of the subgraph "bonded"/],
  ['a scalar that nobody can check', PARTNER, `${SDL} scalar Blob extend type Query { blob: Blob }`, /Blob/],
])('%s is refused before anything is asked', (_, partner, sdl, why) => {
  const settings = { sources: new SourceReports(), sdl: () => sdl, sign: async () => '' };
  expect(() => partnerSubgraphs(readPartners(JSON.stringify([partner])), settings)).toThrow(why);
});

test('each partner gets a token that is for it alone', async () => {
  await using first = await startPartner(json({ data: { park: { name: 'one' } } }));
  await using second = await startPartner(json({ data: { park: { name: 'two' } } }));
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: 'key-1' };
  const registry = [first, second].map(({ url }, i) => ({
    name: `zone-${i}`,
    url,
    audience: `https://zone-${i}.example`,
  }));
  const subgraphs = partnerSubgraphs(readPartners(JSON.stringify(registry)), {
    sources: new SourceReports(),
    sdl: () => SDL,
    sign: await createServiceToken({ issuer: 'https://gateway.example', key }),
    reach: 'public-or-loopback',
  });
  for (const [i, { questions }] of [first, second].entries()) {
    expect(await ask(subgraphs[`zone-${i}`]!, '{ park(id: "1") { name } }')).toMatchObject({ data: { park: {} } });
    const token = questions[0]?.headers.authorization?.replace('Bearer ', '') ?? '';
    const { payload } = await jwtVerify(token, publicKey, { algorithms: ['ES256'] });
    expect(payload.aud).toBe(`https://zone-${i}.example`);
  }
});
