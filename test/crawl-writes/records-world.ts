import type { ObservationsProposalFacts } from '../../src/domain/observations/proposal.ts';
import type { ControlUnitKind } from '../../src/domain/places/control-units.ts';
import { saverOf } from '../../src/domain/questions/saved-question.ts';
import {
  indicatorItem,
  observationsProposalItem,
  parkControlItem,
  parkItem,
  policyClausesItem,
  policyInForceItems,
  policyItem,
  questionItem,
  unitPostsItem,
  zoneItem,
} from '../../src/storage/parks/items.ts';
import type { PrimaryKey } from '../../src/storage/tables.ts';
import type { Side } from './callers.ts';

const text = (word: string) => ({ zh: word, ja: word, en: word });

/** Returns the records of one side: its zone, its park, whose property manager is an enterprise, and a policy of the zone. */
export function recordsOf(side: Side, zoneId: string, enterpriseId: string): readonly PrimaryKey[] {
  const code = `writes-${side}`;
  const place = { code, regionCode: '120116', version: 1 };
  const policy = policyItem({
    code,
    title: text('Policy'),
    issuer: { code, name: text('Authority'), level: 'ZONE', zoneId },
    homeZoneIds: [zoneId],
    subject: 'ENTERPRISE',
    packages: [],
    versions: [{ number: 1, status: 'PUBLISHED', documentNumber: null, validFrom: '2019-01-01', validTo: null }],
    version: 1,
  });
  return [
    zoneItem({ ...place, name: text('Zone'), kind: 'BONDED', parentId: null }),
    parkItem({ ...place, name: text('Park'), zoneId, openedOn: null, area: null, address: null }),
    policy,
    policyClausesItem(policy.id, 1, [{ number: 1, text: text('Clause') }]),
    ...policyInForceItems(policy),
    observationsProposalItem(proposalOf(`park_${code}`)),
    parkControlItem({
      parkId: `park_${code}`,
      version: 1,
      units: [
        unit('office', 'PARK_OFFICE'),
        unit('police', 'POLICE_STATION'),
        { ...unit('manager', 'PROPERTY_MANAGER'), enterpriseId },
      ],
    }),
    unitPostsItem({ parkId: `park_${code}`, unitCode: 'police', version: 1, posts: [], answer: null }),
  ];
}

const unit = (id: string, kind: ControlUnitKind) => ({
  id,
  kind,
  name: text(id),
  reportsToId: null,
  contactPhone: null,
});

const proposalOf = (parkId: string): ObservationsProposalFacts => ({
  parkId,
  state: 'PROPOSED',
  observations: [
    {
      indicatorId: 'ind_writes',
      period: { unit: 'DAY', from: '2020-03-15', to: '2020-03-15' },
      basis: 'POINT',
      unit: 'persons',
      figure: {
        value: '235',
        approximate: false,
        yearOnYear: null,
        status: 'FINAL',
        numerator: null,
        denominator: null,
        scope: null,
        rounding: null,
        source: { title: text('Source'), publishedOn: '2020-03-18' },
      },
    },
  ],
  // One of those who try to accept it, too.
  proposedBy: 'officer-home-HRSS-ALL',
  proposedAt: '2020-03-18T01:00:00.000Z',
  decidedBy: null,
  decidedAt: null,
  reason: null,
  version: 1,
});

const COUNTED = {
  name: text('Question'),
  query: '{ zones(first: 5) { nodes { id } } }',
  variables: '{}',
  hash: '0'.repeat(64),
  view: 'TABLE',
  shape: null,
  version: 1,
  savedAt: '2020-03-18T01:00:00.000Z',
  isWithdrawn: false,
} as const;

/** The question of the analyst, and those that the sides have published. */
export const questionsOf = (zones: Readonly<Record<Side, string>>): readonly PrimaryKey[] => [
  questionItem({
    ...COUNTED,
    id: OWN_QUESTION,
    audience: 'OWN',
    savedBy: saverOf({ kind: 'analyst', person: 'analyst' }),
    zoneId: null,
  }),
  ...Object.entries(zones).map(([side, zoneId]) =>
    questionItem({ ...COUNTED, id: `question_writes-${side}`, audience: 'PUBLIC', savedBy: null, zoneId }),
  ),
];
export const OWN_QUESTION = 'question_01JBYB3B40AAAAAAAAAAAAAAAA';

/** An indicator, which belongs to no side. */
export const INDICATOR = indicatorItem({
  code: 'writes',
  name: text('Indicator'),
  unit: 'persons',
  formula: text('Counted'),
  rounding: null,
  decimals: 0,
  version: 1,
});
