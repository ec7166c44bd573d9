import type { AgreementRecord } from '../../../domain/linkages/agreement.ts';
import { type RelocationRecord, relocationState } from '../../../domain/linkages/relocation.ts';
import type { Publication } from '../../../domain/records/publication.ts';
import type { RecordRefusalCode } from '../../../domain/records/record.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import { type Earlier, earlierOf, type OnceOutcome, type OnceRequest, onceKey } from '../../dynamodb/idempotency.ts';
import type { Table } from '../../dynamodb/table.ts';
import type { Stale } from '../../dynamodb/transaction.ts';
import { answeredVersion, commitVersion } from '../../dynamodb/versioned-item.ts';
import { attributeIs, hasFewer, isNew, put, remove, update, type Write } from '../../dynamodb/write.ts';
import { isStorable, linkageKeys, type PrimaryKey } from '../../tables.ts';
import type { AgreementItem, ParkFactsItem, SubjectFactsItem } from '../items.ts';
import type { EnterpriseSupplyItem } from '../supply-chains/items.ts';
import {
  awaitedRelocationItem,
  type RelocationItem,
  relocationItem,
  relocationVersionItem,
  zoneRelocationItems,
} from './relocation-items.ts';

/** The stored facts that a command of a relocation is decided by; each null where there is none. */
export interface LoadedRelocation {
  readonly earlier: Earlier;
  readonly before: RelocationItem | null;
  readonly agreement: AgreementRecord | null;
  readonly enterprise: EnterpriseSupplyItem | null;
  readonly park: ParkFactsItem | null;
  readonly siteIds: readonly string[];
}

/** The records that a command names. */
export interface RelocationNames {
  readonly relocation: string;
  readonly agreement?: string | null;
  readonly enterprise?: string;
  readonly park?: string;
}

type RelocationRefusal = Refusal<RecordRefusalCode> | Stale;

/** Relocations that change version by version: the item, its history item and the key's record in one transaction. */
export interface RelocationRecords {
  /** Loads the facts of a command: one BatchGet, and one more for the sites of a relocation that is there already. */
  load(once: OnceRequest, names: RelocationNames): Promise<LoadedRelocation>;
  commit(
    once: OnceRequest,
    loaded: LoadedRelocation,
    relocation: RelocationRecord,
    publication: Publication,
  ): Promise<OnceOutcome<RelocationRefusal>>;
  /** Returns the relocation of an answer that was given before, as it is now. */
  answered(answer: readonly string[]): Promise<RelocationItem>;
}

/** Relocations of one enterprise at most that zones open. Completed moves of the register count, and are never refused. */
const MAX_RELOCATIONS = 100;

export function openRelocationRecords(table: Table): RelocationRecords {
  return {
    async load(once, { relocation, agreement = null, enterprise, park }) {
      const keys = [
        onceKey(table, once),
        linkageKeys.relocation(relocation),
        ...(agreement === null ? [] : [linkageKeys.agreement(agreement)]),
        ...(park === undefined ? [] : [linkageKeys.parkFacts(park)]),
        ...(enterprise === undefined
          ? []
          : [linkageKeys.enterpriseSupply(enterprise), linkageKeys.subjectFacts(enterprise)]),
      ].filter(isStorable);
      const found = await batchRead<PrimaryKey & { readonly type?: string }>(table, keys, { consistent: true });
      const ofType = <Item>(type: string) => (found.find((item) => item?.type === type) as Item | undefined) ?? null;
      const before = ofType<RelocationItem>('Relocation');
      const subject = ofType<SubjectFactsItem>('SubjectFacts') ?? (await subjectOf(table, before));
      return {
        earlier: await earlierOf(table, found[0] ?? null, once),
        before,
        agreement: ofType<AgreementItem>('Agreement'),
        enterprise: ofType<EnterpriseSupplyItem>('EnterpriseSupply'),
        park: ofType<ParkFactsItem>('ParkFacts'),
        siteIds: subject?.sites.map(({ id }) => id) ?? [],
      };
    },
    commit(once, { before }, relocation, publication) {
      return commitVersion<Refusal<RecordRefusalCode>>(
        table,
        once,
        {
          before,
          after: relocationItem(relocation),
          history: relocationVersionItem(before, relocation, publication),
        },
        before ? ending(relocation) : opening(relocation),
      );
    },
    answered: (answer) => answeredVersion<RelocationItem>(table, answer),
  };
}

async function subjectOf(table: Table, relocation: RelocationItem | null): Promise<SubjectFactsItem | null> {
  if (!relocation) return null;
  const key = linkageKeys.subjectFacts(relocation.enterpriseId);
  const [subject = null] = await batchRead<SubjectFactsItem>(table, [key], { consistent: true });
  return subject;
}

function opening(relocation: RelocationRecord): readonly Write<RelocationRefusal>[] {
  return [
    put<RelocationRefusal>(awaitedRelocationItem(relocation), { when: isNew, otherwise: ALREADY_OPEN }),
    ...listed<RelocationRefusal>(relocation, { when: hasFewer('relocationIds', MAX_RELOCATIONS), otherwise: TOO_MANY }),
  ];
}

/** Returns the writes that add a new relocation to the lists of its enterprise and of its zones. */
export function listed<Refused>(
  relocation: RelocationRecord,
  condition?: { readonly when: ReturnType<typeof hasFewer>; readonly otherwise: Refused },
): readonly Write<Refused>[] {
  const { id, enterpriseId } = relocation;
  return [
    update<Refused>(
      linkageKeys.relocationsOfEnterprise(enterpriseId),
      { set: { type: 'EnterpriseRelocations', enterpriseId }, add: { relocationIds: new Set([id]) } },
      condition,
    ),
    ...zoneRelocationItems(relocation).map((item) => put<Refused>(item)),
  ];
}

/** Returns the write by which a withdrawn relocation waits for no move any more. */
function ending(relocation: RelocationRecord): readonly Write<RelocationRefusal>[] {
  if (relocationState(relocation) !== 'WITHDRAWN') return [];
  const awaited = awaitedRelocationItem(relocation);
  return [remove(awaited, { when: attributeIs('relocationId', relocation.id), otherwise: ALREADY_OPEN })];
}

const ALREADY_OPEN: Refusal<RecordRefusalCode> = {
  code: 'KEPT',
  field: ['enterprise'],
  message: 'A relocation of the enterprise between these zones is open already.',
};
const TOO_MANY: Refusal<RecordRefusalCode> = {
  code: 'KEPT',
  field: ['enterprise'],
  message: `An enterprise has at most ${MAX_RELOCATIONS} relocations.`,
};
