import type { AgreementRecord } from '../../../domain/linkages/agreement.ts';
import { replacedTerms } from '../../../domain/linkages/change.ts';
import { agreementEvent } from '../../../domain/linkages/linkage-event.ts';
import type { OfficersPerSignature } from '../../../domain/linkages/signature.ts';
import type { Publication } from '../../../domain/records/publication.ts';
import type { RecordRefusalCode } from '../../../domain/records/record.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import { type Earlier, earlierOf, type OnceOutcome, type OnceRequest, onceKey } from '../../dynamodb/idempotency.ts';
import type { Table } from '../../dynamodb/table.ts';
import { STALE, type Stale } from '../../dynamodb/transaction.ts';
import { answeredVersion, commitVersion } from '../../dynamodb/versioned-item.ts';
import { attributeIs, hasFewer, isNew, put, update, type Write } from '../../dynamodb/write.ts';
import { isStorable, linkageKeys, type PrimaryKey } from '../../tables.ts';
import {
  type AgreementItem,
  agreementItem,
  agreementPartyItems,
  agreementVersionItem,
  linkOf,
  type ReplacedTermsItem,
  replacedTermsItem,
  type SigningRuleItem,
  type ZoneLinksItem,
  zoneLinksItem,
} from '../items.ts';

/** The stored facts that a change of an agreement is decided by. */
export interface LoadedAgreement {
  readonly earlier: Earlier;
  /** The current version; null where there is no such agreement. */
  readonly before: AgreementItem | null;
  /** The number of officers by whom the caller's zone signs. */
  readonly officers: OfficersPerSignature;
  /** The links of the agreement's zones, by zone; without those of zones that have none yet. */
  readonly links: ReadonlyMap<string, ZoneLinksItem>;
  readonly replaced: ReplacedTermsItem | null;
  /** Those of the proposal's zones that exist. */
  readonly knownZones: ReadonlySet<string>;
}

/** The agreement that a change is of, and the zones that its decision needs. */
interface WantedAgreement {
  readonly id: string;
  /** The caller's zone; null where the caller speaks for none. */
  readonly zone: string | null;
  /** The zones of a proposal; empty for other changes. */
  readonly zones: readonly string[];
}

type AgreementRefusal = Refusal<RecordRefusalCode> | Stale;

/**
 * Agreements that change version by version. A change is one transaction: the current item, its history item, which is
 * new, its entries in its zones' lists, the zones' links once all have signed, replaced terms, the proposer's open
 * proposals, and the key's record.
 */
export interface AgreementRecords {
  load(once: OnceRequest, wanted: WantedAgreement): Promise<LoadedAgreement>;
  commit(
    once: OnceRequest,
    loaded: LoadedAgreement,
    agreement: AgreementRecord,
    publication: Publication,
  ): Promise<OnceOutcome<AgreementRefusal>>;
  /** Returns the agreement of an answer that was given before, as it is now. */
  answered(answer: readonly string[]): Promise<AgreementItem>;
}

export function openAgreementRecords(table: Table): AgreementRecords {
  return {
    async load(once, { id, zone, zones: named }) {
      const wanted = [linkageKeys.agreement(id), linkageKeys.replacedTerms(id)].filter(isStorable);
      const rule = zone === null ? [] : [linkageKeys.signingRule(zone)];
      const places = named.map(linkageKeys.zoneFacts).filter(isStorable);
      const keys = [onceKey(table, once), ...rule, ...wanted, ...places];
      const found = await batchRead<PrimaryKey>(table, keys, { consistent: true });
      const items = new Map(found.map((item, i) => [keys[i]?.sk, item]));
      const before = (items.get('AGREEMENT') ?? null) as AgreementItem | null;
      const zones = (before?.parties ?? []).map(({ zoneId }) => linkageKeys.zoneLinks(zoneId));
      const links = await batchRead<ZoneLinksItem>(table, zones, { consistent: true });
      return {
        earlier: await earlierOf(table, found[0] ?? null, once),
        before,
        officers: (items.get('SIGNING') as SigningRuleItem | null | undefined)?.officers ?? 1,
        links: new Map(links.filter((item) => item !== null).map((item) => [item.zoneId, item])),
        replaced: (items.get('REPLACED_TERMS') ?? null) as ReplacedTermsItem | null,
        knownZones: new Set(found.flatMap((item, i) => (item && keys[i]?.sk === 'FACTS' ? [item.pk] : []))),
      };
    },
    commit(once, { before, links, replaced }, agreement, publication) {
      const after = agreementItem(agreement);
      const history = agreementVersionItem(agreement, publication, agreementEvent(before, agreement));
      const terms = replacedTerms(before, agreement);
      return commitVersion<Refusal<RecordRefusalCode>>(table, once, { before, after, history }, [
        ...agreementPartyItems(agreement).map((item) => put<AgreementRefusal>(item)),
        ...(agreement.signedOn === null ? [] : linking(agreement, links)),
        ...(terms ? [put<Stale>(replacedTermsItem(agreement.id, [...(replaced?.terms ?? []), terms]))] : []),
        ...openProposal(before, agreement),
      ]);
    },
    answered: (answer) => answeredVersion<AgreementItem>(table, answer),
  };
}

/** Returns the writes that state an agreement in the links of each of its zones. */
function linking(agreement: AgreementRecord, known: ReadonlyMap<string, ZoneLinksItem>): readonly Write<Stale>[] {
  return agreement.parties.map(({ zoneId }) => {
    const item = known.get(zoneId);
    if (!item) return put<Stale>(zoneLinksItem(zoneId, [], [agreement]), { when: isNew, otherwise: STALE });
    const links = { ...item.links, ...Object.fromEntries([linkOf(agreement)]) };
    return update<Stale>(item, { set: { links } }, { when: attributeIs('links', item.links), otherwise: STALE });
  });
}

/** Upper bound of the agreements that one zone has proposed and that wait for signatures. */
export const MAX_OPEN_PROPOSALS = 50;

const TOO_MANY_PROPOSALS: Refusal<RecordRefusalCode> = {
  code: 'KEPT',
  field: [],
  message: `A zone has ${MAX_OPEN_PROPOSALS} open proposals at most: withdraw one first.`,
};

/** Returns the write that adds a new agreement to its proposer's open proposals, or takes it out of them. */
function openProposal(before: AgreementRecord | null, after: AgreementRecord): readonly Write<AgreementRefusal>[] {
  const isOpen = after.status === 'PROPOSED';
  if (after.proposedBy === undefined || isOpen === (before?.status === 'PROPOSED')) return [];
  const key = linkageKeys.openProposals(after.proposedBy);
  const agreementIds = new Set([after.id]);
  const set = { type: 'OpenProposals' };
  if (!isOpen) return [update<AgreementRefusal>(key, { set, take: { agreementIds } })];
  return [
    update<AgreementRefusal>(
      key,
      { set, add: { agreementIds } },
      { when: hasFewer('agreementIds', MAX_OPEN_PROPOSALS), otherwise: TOO_MANY_PROPOSALS },
    ),
  ];
}
