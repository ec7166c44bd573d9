import fc from 'fast-check';
import { addDays } from '../../src/domain/calendar/day.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { transact } from '../../src/storage/dynamodb/transaction.ts';
import { put, remove } from '../../src/storage/dynamodb/write.ts';
import { talentKeys } from '../../src/storage/tables.ts';
import { workItem } from '../../src/storage/talent/items.ts';
import { type MadeCase, makeCase } from '../fixtures/talent-cases.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** Whatever colleagues do while an officer turns the pages of a list: what they leave alone is on one page, once. */

let system: TestSystem;
let talent: Execute;
let runs = 0;
let cases = 0;
beforeAll(async () => {
  system = await startTestSystem();
  talent = system.serve('talent', createTalentSubgraph);
});
afterAll(() => system.stop());

/** What happens between two pages: to the n-th case of the list as it was at first, or with one that comes. */
type Happening =
  | { readonly what: 'DONE'; readonly which: number }
  | { readonly what: 'CLAIMED'; readonly which: number }
  | { readonly what: 'PUT_OFF'; readonly which: number; readonly due: number | null }
  | { readonly what: 'ADDED'; readonly due: number | null };

const due = fc.option(fc.nat({ max: 8 }));
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ what: fc.constantFrom('DONE' as const, 'CLAIMED' as const), which: fc.nat({ max: 14 }) }),
  fc.record({ what: fc.constant('PUT_OFF' as const), which: fc.nat({ max: 14 }), due }),
  fc.record({ what: fc.constant('ADDED' as const), due }),
);
const story = fc.record({
  dueDays: fc.array(due, { minLength: 1, maxLength: 15 }),
  first: fc.integer({ min: 1, max: 6 }),
  between: fc.array(fc.array(happening, { maxLength: 4 }), { maxLength: 15 }),
});

const LIST = `query ($zone: ID!, $first: Int!, $after: String) {
  worklist(zone: $zone, agency: PSB, first: $first, after: $after) {
    nodes { case { id } dueOn } pageInfo { hasNextPage endCursor }
  }
}`;
const CLAIM = 'mutation ($input: ClaimWorkInput!) { claimWork(input: $input) { userErrors { code } } }';

interface Node {
  readonly case: { readonly id: string };
  readonly dueOn: string | null;
}

test('pages hold each case that nobody touched once, in the order of their due days', async () => {
  await fc.assert(
    fc.asyncProperty(story, async ({ dueDays, first, between }) => {
      const zone = `zone_run-${runs++}`;
      const viewer: Viewer = { kind: 'officer', person: 'o-1', agency: 'PSB', zone, roles: ['REVIEW'] };
      const dayOf = (offset: number | null) => (offset === null ? null : addDays('2020-03-16', offset));
      const works = (made: MadeCase, dueOn: string | null) =>
        workItem({
          caseId: made.id,
          zoneId: zone,
          agency: 'PSB',
          state: 'UNDER_REVIEW',
          dueOn,
          calendarVersion: null,
        });
      const add = async (dueOn: string | null) => {
        const made = makeCase(cases++, 'REVIEW_STARTED', '2020-03-09T02:00:00.000Z', { zoneId: zone });
        await system.write('talent', [made.items[0]!, works(made, dueOn)]);
        return made;
      };
      const listed = await Promise.all(dueDays.map((offset) => add(dayOf(offset))));
      const touched = new Set<string>();
      const putOff = new Set<string>();
      const table = system.table('talent');
      const happen = async (one: Happening) => {
        if (one.what === 'ADDED') return add(dayOf(one.due));
        const made = listed[one.which % listed.length]!;
        if (one.what === 'CLAIMED') {
          const input = { idempotencyKey: `key-${made.id}`, case: made.id };
          return talent(CLAIM, { input }, { viewer });
        }
        touched.add(made.id);
        if (!('due' in one)) return transact(table, [remove(talentKeys.work(made.id, 'PSB'))]);
        putOff.add(made.id);
        return transact(table, [put(works(made, dayOf(one.due)))]);
      };

      const seen: Node[] = [];
      let after: string | null = null;
      let hasNextPage = true;
      for (let page = 0; hasNextPage; page++) {
        const { data } = await talent(LIST, { zone, first, after }, { viewer });
        const { nodes, pageInfo }: { nodes: Node[]; pageInfo: { hasNextPage: boolean; endCursor: string } } =
          data.worklist;
        expect(nodes.length === first || !pageInfo.hasNextPage).toBe(true);
        seen.push(...nodes);
        ({ hasNextPage, endCursor: after } = pageInfo);
        for (const one of between[page] ?? []) await happen(one);
      }

      const order = seen.map(({ dueOn, case: of }) => `${dueOn ?? '9999'} ${of.id}`);
      expect(order).toEqual(order.toSorted());
      const ids = seen.map(({ case: of }) => of.id);
      const untouched = listed.map(({ id }) => id).filter((id) => !touched.has(id));
      expect(ids.filter((id) => untouched.includes(id)).toSorted()).toEqual(untouched.toSorted());
      // Only what got another day meanwhile may stand at two places.
      const once = ids.filter((id) => !putOff.has(id));
      expect(new Set(once).size).toBe(once.length);
    }),
    { seed: 20200316, numRuns: 25 },
  );
});
