import type { AgreementRecord } from '../../domain/linkages/agreement.ts';
import type { Publication } from '../../domain/records/publication.ts';
import { batchRead } from '../dynamodb/batch.ts';
import { attributeIs, isNew } from '../dynamodb/condition.ts';
import { type Earlier, earlierOf, type OnceOutcome, type OnceRequest, onceKey } from '../dynamodb/idempotency.ts';
import type { Table } from '../dynamodb/table.ts';
import { STALE, type Stale } from '../dynamodb/transaction.ts';
import { answeredVersion, commitVersion } from '../dynamodb/versioned-item.ts';
import { put, update, type Write } from '../dynamodb/write.ts';
import { isStorable, linkageKeys, type PrimaryKey } from '../tables.ts';
import {
  type AgreementItem,
  agreementItem,
  agreementPartyItems,
  agreementVersionItem,
  linkOf,
  type ZoneLinksItem,
  zoneLinksItem,
} from './items.ts';

/** The stored facts that a change of an agreement is decided by. */
export interface LoadedAgreement {
  readonly earlier: Earlier;
  /** The current version; null where there is no such agreement. */
  readonly before: AgreementItem | null;
  /** The links of the agreement's zones, by zone; without those of zones that have none yet. */
  readonly links: ReadonlyMap<string, ZoneLinksItem>;
}

/**
 * Agreements that change version by version. A change is one transaction: the current item, its history item, which is
 * new, its entries in its zones' lists, the zones' links once all have signed, and the key's record.
 */
export interface AgreementRecords {
  load(once: OnceRequest, id: string): Promise<LoadedAgreement>;
  commit(
    once: OnceRequest,
    loaded: LoadedAgreement,
    agreement: AgreementRecord,
    publication: Publication,
  ): Promise<OnceOutcome<Stale>>;
  /** Returns the agreement of an answer that was given before, as it is now. */
  answered(answer: readonly string[]): Promise<AgreementItem>;
}

export function openAgreementRecords(table: Table): AgreementRecords {
  return {
    async load(once, id) {
      const key = linkageKeys.agreement(id);
      const keys = [onceKey(table, once), ...(isStorable(key) ? [key] : [])];
      const [record = null, found = null] = await batchRead<PrimaryKey>(table, keys, { consistent: true });
      const before = found as AgreementItem | null;
      const zones = (before?.parties ?? []).map(({ zoneId }) => linkageKeys.zoneLinks(zoneId));
      const links = await batchRead<ZoneLinksItem>(table, zones, { consistent: true });
      return {
        earlier: await earlierOf(table, record, once),
        before,
        links: new Map(links.filter((item) => item !== null).map((item) => [item.zoneId, item])),
      };
    },
    commit(once, { before, links }, agreement, publication) {
      const after = agreementItem(agreement);
      const history = agreementVersionItem(agreement, publication);
      return commitVersion(table, once, { before, after, history }, [
        ...agreementPartyItems(agreement).map((item) => put<Stale>(item)),
        ...(agreement.signedOn === null ? [] : linking(agreement, links)),
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
