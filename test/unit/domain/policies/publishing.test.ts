import * as fc from 'fast-check';
import { addDays } from '../../../../src/domain/calendar/day.ts';
import type { PolicyFacts } from '../../../../src/domain/policies/policy.ts';
import { bucketsOfDay, OPEN_END } from '../../../../src/domain/policies/policy-version.ts';
import {
  decidePolicyVersion,
  decideWithdrawal,
  type PolicyPublication,
  type StatedPolicyVersion,
} from '../../../../src/domain/policies/publishing.ts';
import type { SampleCase } from '../../../../src/domain/rules/check.ts';
import type { Rule } from '../../../../src/domain/rules/rule.ts';
import type { Viewer } from '../../../../src/domain/viewer.ts';
import { type PolicyInForceItem, policyItem } from '../../../../src/storage/parks/items.ts';
import { POLICY_RECORDS } from '../../../../src/storage/parks/policies.ts';

const ADMIN: Viewer = { kind: 'admin', person: 'admin' };
const text = { zh: '文', ja: '文', en: 'Text' };
const GROUNDS = { viewer: ADMIN, isZoneKnown: () => true };
const STATED: Omit<StatedPolicyVersion, 'seen'> = {
  code: 'measures',
  title: text,
  issuer: { code: 'ministry', name: text, level: 'STATE', zoneId: null },
  homeZoneIds: ['zone_a'],
  subject: 'ENTERPRISE',
  packages: [],
  documentNumber: null,
  validFrom: '2020-01-01',
  validTo: null,
  clauses: [text],
  terms: null,
};

const day = fc.integer({ min: 0, max: 1500 }).map((days) => addDays('2018-01-01', days));
const step = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('PUBLISH' as const), from: day, length: fc.option(fc.nat(700)) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('WITHDRAW' as const), number: fc.integer({ min: 1, max: 4 }) }),
  },
);

type Step =
  | { readonly kind: 'PUBLISH'; readonly from: string; readonly length: number | null }
  | { readonly kind: 'WITHDRAW'; readonly number: number };

function decide(before: PolicyFacts | null, next: Step) {
  if (next.kind === 'WITHDRAW')
    return decideWithdrawal({ seen: before?.version ?? 0, number: next.number }, before, ADMIN);
  const { from, length } = next;
  const validTo = length === null ? null : addDays(from, length);
  return decidePolicyVersion({ ...STATED, seen: before?.version ?? null, validFrom: from, validTo }, before, GROUNDS);
}

/** The number of the version in force, by the rule in words: the latest that has begun, unless it has ended. */
function numberInForce({ versions }: PolicyFacts, on: string): number | undefined {
  const [latest] = versions
    .filter(({ status, validFrom }) => status === 'PUBLISHED' && validFrom <= on)
    .toSorted((a, b) => b.number - a.number);
  return latest && (latest.validTo === null || latest.validTo >= on) ? latest.number : undefined;
}

type Entry = Pick<PolicyInForceItem, 'pk' | 'sk' | 'number'>;

/** Applies the writes of entries in force to those that are stored. */
function apply(stored: Map<string, Entry>, before: PolicyFacts | null, after: PolicyPublication): void {
  const writes = POLICY_RECORDS.derived?.(before && policyItem(before), policyItem(after.policy), after) ?? [];
  // The policy, its history item and the key's record are three more of 100.
  expect(writes.length).toBeLessThanOrEqual(97);
  for (const { Put, Delete } of writes.map(({ action }) => action('parks'))) {
    if (Delete) expect(stored.delete(`${Delete.Key?.pk} ${Delete.Key?.sk}`)).toBe(true);
    if (Put?.Item?.type === 'PolicyInForce') stored.set(`${Put.Item.pk} ${Put.Item.sk}`, Put.Item as Entry);
  }
}

/** The numbers of the versions that the entries name for a day. */
function numbersFound(stored: ReadonlyMap<string, Entry>, on: string): number[] {
  const buckets = bucketsOfDay(on).map((bucket) => `IN_FORCE#${bucket}`);
  return [...stored.values()]
    .filter(({ pk, sk }) => buckets.includes(pk) || (pk === `IN_FORCE#${OPEN_END}` && sk.slice(0, 10) <= on))
    .map(({ number }) => number);
}

test('whatever is published and withdrawn, each day finds its version and no published version changes', () => {
  const done = { PUBLISH: 0, WITHDRAW: 0 };
  fc.assert(
    fc.property(fc.array(step, { maxLength: 6 }), fc.array(day, { minLength: 3, maxLength: 3 }), (steps, days) => {
      let policy: PolicyFacts | null = null;
      const stored = new Map<string, Entry>();
      for (const next of steps) {
        const decision = decide(policy, next);
        if (!decision.ok) continue;
        done[next.kind] += 1;
        apply(stored, policy, decision.value);
        const earlier: PolicyFacts['versions'] = policy?.versions ?? [];
        policy = decision.value.policy;
        const fresh = next.kind === 'PUBLISH' ? [{ number: earlier.length + 1 }] : [];
        const withdrawn = next.kind === 'WITHDRAW' ? next.number : undefined;
        expect(policy.versions).toMatchObject([
          ...fresh,
          ...earlier.map((version) => (version.number === withdrawn ? { ...version, status: 'WITHDRAWN' } : version)),
        ]);
        for (const on of days) {
          const expected = numberInForce(policy, on);
          expect(numbersFound(stored, on)).toEqual(expected === undefined ? [] : [expected]);
        }
      }
    }),
    { seed: 16, numRuns: 300 },
  );
  expect(Math.min(done.PUBLISH, done.WITHDRAW)).toBeGreaterThan(50);
});

test('a policy of 100 versions gets no further one', () => {
  const version = (number: number) => ({
    number,
    status: 'WITHDRAWN' as const,
    documentNumber: null,
    validFrom: '2020-01-01',
    validTo: null,
  });
  const versions = Array.from({ length: 100 }, (_, i) => version(100 - i));
  const { code, title, issuer, homeZoneIds, subject, packages } = STATED;
  const full = { code, title, issuer, homeZoneIds, subject, packages, versions, version: 200 };
  expect(decidePolicyVersion({ ...STATED, seen: 200 }, full, GROUNDS)).toMatchObject({ ok: false });
  expect(decidePolicyVersion({ ...STATED, seen: 200 }, { ...full, versions: versions.slice(1) }, GROUNDS).ok).toBe(
    true,
  );
});

const POLICY_PRODUCT = { name: text, lender: text, amount: '1', termMonths: 1, eligibility: text };
const PACKAGE = { kind: 'FINANCIAL_PRODUCT_PACKAGE', title: text, products: [POLICY_PRODUCT] } as const;
const productWith = (change: Partial<typeof POLICY_PRODUCT>) => [
  { ...PACKAGE, products: [{ ...POLICY_PRODUCT, ...change }] },
];
const long = (characters: number) => ({ ...text, en: 'x'.repeat(characters) });

test.each<[string, StatedPolicyVersion['packages'], string[]]>([
  ['a product for the longest term', productWith({ termMonths: 600, amount: '9'.repeat(18) }), []],
  ['the most products', [{ ...PACKAGE, products: Array(20).fill(POLICY_PRODUCT) }], []],
  ['too many products', [PACKAGE, { ...PACKAGE, products: Array(20).fill(POLICY_PRODUCT) }], ['packages']],
  ['the most packages', Array(10).fill(PACKAGE), []],
  ['too many packages', Array(11).fill(PACKAGE), ['packages']],
  ['a product of no month', productWith({ termMonths: 0 }), ['packages.0.products.0.termMonths']],
  ['a product of too many months', productWith({ termMonths: 601 }), ['packages.0.products.0.termMonths']],
  ['a product of no fen', productWith({ amount: '0' }), ['packages.0.products.0.amount']],
  ['a product for nobody in words', productWith({ eligibility: long(501) }), ['packages.0.products.0.eligibility.en']],
  ['products that are no financial ones', [{ ...PACKAGE, kind: 'POLICY_PACKAGE' }], ['packages.0.products']],
  ['contents', [{ ...PACKAGE, contents: long(1000) }], []],
  ['too long contents', [{ ...PACKAGE, contents: long(1001) }], ['packages.0.contents.en']],
])('packages with %s are refused with what is wrong', (_with, packages, expected) => {
  const decision = decidePolicyVersion({ ...STATED, seen: null, packages }, null, GROUNDS);
  expect(decision.ok ? [] : decision.refusals.map(({ field }) => field.join('.'))).toEqual(expected);
});

test('a rule has at most 20 sample cases', () => {
  const rule: Rule = {
    language: 1,
    when: { term: 'tax', text, clause: 1, is: { l: { fact: 'localTaxBeforeMove' }, op: '>=', r: 10 } },
  };
  const samples = (count: number) =>
    Array.from({ length: count }, (_, i): SampleCase => {
      const truth = i === 0 ? 'NOT_MET' : 'MET';
      return { name: `${i}`, asked: '2020-06-01', facts: { localTaxBeforeMove: i === 0 ? 1 : 10 + i }, truth };
    });
  const refused = (count: number) => {
    const terms = { rule, samples: samples(count) };
    const decision = decidePolicyVersion({ ...STATED, seen: null, terms }, null, GROUNDS);
    return decision.ok ? [] : decision.refusals.map(({ field }) => field.join('.'));
  };
  expect([refused(20), refused(21)]).toEqual([[], ['terms.samples']]);
});
