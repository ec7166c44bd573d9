import type { Table } from '../../dynamodb/table.ts';
import { transactGroups } from '../../dynamodb/transact-groups.ts';
import { attributeIs, check, isNew, put, type Write } from '../../dynamodb/write.ts';
import type { PrimaryKey } from '../../tables.ts';
import type { Migration } from '../migration.ts';

interface Relocation extends PrimaryKey {
  readonly type: 'Relocation';
  readonly id: string;
  readonly fromZoneId: string;
  readonly toZoneId: string;
}

interface Recognition extends PrimaryKey {
  readonly type: 'Recognition';
  readonly id: string;
  readonly byZoneId: string;
  readonly kind: string;
  readonly version: number;
}

interface Agreement extends PrimaryKey {
  readonly type: 'Agreement';
  readonly id: string;
  readonly status: string;
  readonly parties: readonly { readonly zoneId: string; readonly signedOn: string | null }[];
  readonly signedOn: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly terminatedOn: string | null;
  readonly version: number;
}

/** An enterprise, as far as its needs of goods follow from it. */
interface Enterprise extends PrimaryKey {
  readonly type: 'Enterprise';
  readonly id: string;
  readonly sector: string;
  readonly registration: string;
  readonly successors?: readonly { readonly kind: string }[];
  readonly residencies: readonly { readonly parkId: string; readonly to: string | null }[];
  readonly supplyLinks: readonly { readonly direction: string; readonly goodsCode?: string }[];
  readonly version: number;
}

/**
 * Lists relocations by the zones that are left and entered, and copies recognitions of talent cards and signed agreements
 * to where applications are judged, and lists the goods that enterprises of parks need. Later ones follow their writes and
 * the stream.
 */
export const listRelocationsCopyCards: Migration = {
  version: 19,
  name: 'list-relocations-copy-cards',
  async run({ pages, table }) {
    for await (const page of pages<Relocation>('linkages', ['Relocation'])) {
      await putNew(table('linkages'), page.flatMap(listedOf));
    }
    for await (const page of pages<Recognition>('linkages', ['Recognition'], 'cards')) {
      await putNew(table('talent'), page.filter(isOfCards).map(cardCopyOf));
    }
    for await (const page of pages<Agreement>('linkages', ['Agreement'], 'agreements')) {
      await putNew(table('talent'), page.filter(({ signedOn }) => signedOn !== null).map(agreementCopyOf));
    }
    for await (const page of pages<Enterprise>('enterprises', ['Enterprise'])) {
      await transactGroups<'CHANGED'>(
        table('enterprises'),
        page.flatMap((enterprise) => needsOf(enterprise).map((item) => [isAsRead(enterprise), put<'CHANGED'>(item)])),
      );
    }
  },
};

/** Puts items that no request and no consumer of a stream has put since. */
async function putNew(table: Table, items: readonly PrimaryKey[]): Promise<void> {
  await transactGroups<'THERE'>(
    table,
    items.map((item) => [put(item, { when: isNew, otherwise: 'THERE' })]),
  );
}

/** Returns the check that no request has changed the enterprise since, and its needs with it. */
function isAsRead({ pk, sk, version }: Enterprise): Write<'CHANGED'> {
  const when = attributeIs('version', version);
  return { ...check<'CHANGED'>({ pk, sk }, { when, otherwise: 'CHANGED' }), sharedAs: `${pk} ${sk}` };
}

function needsOf({ id, sector, registration, successors = [], residencies, supplyLinks }: Enterprise) {
  const hasEnded = successors.some(({ kind }) => kind !== 'SPLIT_OFF');
  const codes = supplyLinks.flatMap(({ direction, goodsCode }) => (direction === 'UPSTREAM' ? (goodsCode ?? []) : []));
  if (registration !== 'CONFIRMED' || hasEnded || codes.length === 0) return [];
  const parkIds = [...new Set(residencies.flatMap(({ parkId, to }) => (to === null ? parkId : [])))].sort();
  return parkIds.map((parkId) => ({
    ...{ parkId, sector, enterpriseId: id, goodsCodes: [...new Set(codes)].sort() },
    ...{ pk: `NEEDS#${parkId}#${sector}`, sk: id, type: 'ParkNeeds' },
  }));
}

const isOfCards = ({ kind }: Recognition) => kind === 'TALENT_CARD_A' || kind === 'TALENT_CARD_B';

function listedOf({ id, fromZoneId, toZoneId }: Relocation) {
  const listed = (pk: string) => ({ relocationId: id, pk, sk: id, type: 'ZoneRelocation' });
  return [listed(`${fromZoneId}#RELOCATIONS#OUT`), listed(`${toZoneId}#RELOCATIONS#IN`)];
}

function cardCopyOf({ version, ...recognition }: Recognition) {
  const { byZoneId, id } = recognition;
  return {
    ...recognition,
    sourceVersion: version,
    pk: byZoneId,
    sk: `CARD_RECOGNITION#${id}`,
    type: 'CardRecognition',
  };
}

function agreementCopyOf({ id, status, terminatedOn, parties, signedOn, validFrom, validTo, version }: Agreement) {
  return {
    ...{ id, status, terminatedOn },
    partyZoneIds: parties.filter((party) => party.signedOn !== null).map(({ zoneId }) => zoneId),
    from: signedOn !== null && signedOn > validFrom ? signedOn : validFrom,
    to: validTo,
    sourceVersion: version,
    pk: id,
    sk: 'FACTS',
    type: 'AgreementFacts',
  };
}
