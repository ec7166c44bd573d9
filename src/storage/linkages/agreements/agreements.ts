import type { AgreementKind } from '../../../domain/linkages/agreement.ts';
import type { AgreementStatus } from '../../../domain/linkages/coverage.ts';
import { itemLoader, type Loader } from '../../dynamodb/loader.ts';
import { type Page, type PageRequest, readPage } from '../../dynamodb/page.ts';
import type { KeyRange } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { linkageIndexes, linkageKeys } from '../../tables.ts';
import type { AgreementItem, AgreementPartyItem, ReplacedTermsItem } from '../items.ts';
import { type AgreementRecords, openAgreementRecords } from './agreement-records.ts';

export interface Agreements {
  readonly byId: Loader<string, AgreementItem | null>;
  readonly records: AgreementRecords;
  /** Loads the terms that amendments of an agreement have replaced. */
  readonly replaced: Loader<string, ReplacedTermsItem | null>;
  /** Lists the agreements of a zone by first day, newest first; only those of one kind where given. */
  listOfZone(zone: string, kind: AgreementKind | null, field: string, page: PageRequest): Promise<Page<AgreementItem>>;
  /**
   * Lists the agreements of a zone in a status, the last to end first. A signed agreement that ended before `today` has
   * expired.
   */
  listOfZoneInStatus(
    zone: string,
    status: AgreementStatus,
    today: string,
    page: PageRequest,
  ): Promise<Page<AgreementItem>>;
}

export function openAgreements(table: Table): Agreements {
  const byId = itemLoader<AgreementItem>(table, 'agr', linkageKeys.agreement);
  const list = (field: string, given: Record<string, string | null>, range: KeyRange, page: PageRequest) =>
    readPage<AgreementPartyItem, AgreementItem>(table, page, {
      range: { ...range, backwards: true },
      binding: { field, arguments: given },
      nodes: (parties) => byId.loadMany(parties.map(({ agreementId }) => agreementId)),
    });
  return {
    byId,
    records: openAgreementRecords(table),
    replaced: itemLoader<ReplacedTermsItem>(table, 'agr', linkageKeys.replacedTerms),
    listOfZone(zone, kind, field, page) {
      const range: KeyRange = kind
        ? { index: 'gsi1', partition: linkageIndexes.partyOfKind(zone, kind, '', '').gsi1pk }
        : { partition: linkageKeys.party(zone, '', '').pk };
      return list(field, { zone, kind }, range, page);
    },
    listOfZoneInStatus: (zone, status, today, page) =>
      list('Query.agreements', { zone, status }, statusRange(zone, status, today), page),
  };
}

function statusRange(zone: string, status: AgreementStatus, today: string): KeyRange {
  const within = (recorded: string) => linkageIndexes.partyInStatus(zone, recorded, '', '').gsi2pk;
  switch (status) {
    case 'SIGNED':
      // `~` sorts after every last day, also after that of agreements without an end.
      return { index: 'gsi2', partition: within('SIGNED'), sort: { from: today, to: '~' } };
    case 'EXPIRED':
      // A bare day sorts before the entries that end on it.
      return { index: 'gsi2', partition: within('SIGNED'), sort: { from: '0', to: today } };
    case 'PROPOSED':
    case 'TERMINATED':
    case 'DECLINED':
    case 'WITHDRAWN':
      return { index: 'gsi2', partition: within(status) };
  }
}
