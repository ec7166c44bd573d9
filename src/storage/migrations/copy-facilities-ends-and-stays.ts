import type { Table } from '../dynamodb/table.ts';
import { transactGroups } from '../dynamodb/transact-groups.ts';
import { attributeIs, isNew, put, update } from '../dynamodb/write.ts';
import type { PrimaryKey } from '../tables.ts';
import type { Migration } from './migration.ts';

interface Facilities extends PrimaryKey {
  readonly type: 'ParkFacilities';
  readonly parkId: string;
  readonly version: number;
  readonly facilities: readonly { readonly id: string }[];
}

interface Enterprise extends PrimaryKey {
  readonly type: 'Enterprise';
  readonly id: string;
  readonly uscc: string;
  readonly sites: readonly { readonly id: string }[];
  readonly version: number;
  readonly registration: string;
  readonly settledTo?: string;
  readonly successors?: readonly { readonly kind: string }[];
}

/** An ended stay that is an item of its own. */
interface SettledStay extends PrimaryKey {
  readonly type: 'SettledStay';
  readonly enterpriseId: string;
  readonly parkId: string;
  readonly from: string;
  readonly to: string;
}

/** An enrolment or an answer, which the lists of zones lack. */
interface SeenByZones extends PrimaryKey {
  readonly type: 'Enrolment' | 'DirectiveAnswer';
  readonly enterpriseId: string | null;
  readonly courseId?: string;
  readonly directiveId?: string;
  readonly parkId: string;
  readonly zoneIds: readonly string[];
}

/**
 * Copies parks' facilities to where inspections name them, and enterprises that have ended to where cases name their
 * employers, and settled stays to where policies apply, and enters enrolments and answers into the lists of the zones that
 * see them. Later ones follow the streams.
 */
export const copyFacilitiesEndsAndStays: Migration = {
  version: 18,
  name: 'copy-facilities-ends-and-stays',
  async run({ pages, table }) {
    for await (const page of pages<Facilities>('parks', ['ParkFacilities'])) {
      await putNew(table('enterprises'), page.map(knownFacilitiesOf));
    }
    for await (const page of pages<SettledStay>('enterprises', ['SettledStay'], 'stays')) {
      await putNew(table('linkages'), page.map(settledStayFactsOf));
    }
    for await (const page of pages<Enterprise>('enterprises', ['Enterprise'], 'ended')) {
      await putNew(table('talent'), page.filter(isOver).map(endedEmployerOf));
      await addSettledDays(table('linkages'), page);
    }
    for await (const page of pages<SeenByZones>('enterprises', ['Enrolment', 'DirectiveAnswer'], 'entries')) {
      await putNew(table('enterprises'), page.flatMap(entriesOf));
    }
  },
};

/** Puts copies that no consumer of a stream has made since. */
async function putNew(table: Table, copies: readonly PrimaryKey[]): Promise<void> {
  await transactGroups<'COPIED'>(
    table,
    copies.map((copy) => [put(copy, { when: isNew, otherwise: 'COPIED' })]),
  );
}

/** Adds the last settled day to the copies of enterprises. The stream brings a copy of another version with it. */
async function addSettledDays(table: Table, enterprises: readonly Enterprise[]): Promise<void> {
  await transactGroups<'COPIED'>(
    table,
    enterprises.flatMap(({ id, uscc, sites, settledTo, version }) =>
      settledTo === undefined
        ? []
        : [id, uscc, ...sites.map((site) => site.id)].map((name) => [
            update<'COPIED'>(
              { pk: `SUBJECT#${name}`, sk: 'FACTS' },
              { set: { settledTo } },
              { when: attributeIs('sourceVersion', version), otherwise: 'COPIED' },
            ),
          ]),
    ),
  );
}

function isOver({ registration, successors = [] }: Enterprise): boolean {
  return registration === 'VOID' || successors.some(({ kind }) => kind !== 'SPLIT_OFF');
}

function knownFacilitiesOf({ parkId, version, facilities }: Facilities) {
  return {
    pk: `PARK#${parkId}`,
    sk: 'FACILITIES',
    type: 'KnownFacilities',
    parkId,
    facilityIds: facilities.map(({ id }) => id),
    sourceVersion: version,
  };
}

function settledStayFactsOf({ sk, enterpriseId, parkId, from, to }: SettledStay) {
  return { pk: `SUBJECT#${enterpriseId}`, sk, type: 'SettledStayFacts', enterpriseId, parkId, from, to };
}

function endedEmployerOf({ id, version }: Enterprise) {
  return { pk: id, sk: 'ENDED', type: 'EndedEmployer', enterpriseId: id, sourceVersion: version };
}

function entriesOf({ pk, sk, enterpriseId, courseId, directiveId, parkId, zoneIds }: SeenByZones) {
  if (enterpriseId === null) return [];
  return [...new Set(zoneIds)].map((zone) => ({
    pk: enterpriseId,
    sk: courseId === undefined ? `ANSWERED#${zone}#${directiveId}#${parkId}` : `ENROLLED#${zone}#${courseId}`,
    type: 'ZoneEntry',
    of: { pk, sk },
  }));
}
