/** Copies of agreements on cases across zones, one in the partition of each party. They follow the stream of linkages. */
import { earlierDay } from '../../../domain/calendar/day.ts';
import { agreementBetween, type CaseAgreement } from '../../../domain/cases/case-agreement.ts';
import { isIdOf } from '../../../domain/ids.ts';
import { type AgreementRecord, firstDayInForce } from '../../../domain/linkages/agreement.ts';
import { readRange } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { transactGroups } from '../../dynamodb/transact-groups.ts';
import { missingOrLess, put, remove } from '../../dynamodb/write.ts';
import { talentKeys } from '../../tables/talent.ts';

export type CaseAgreementItem = ReturnType<typeof caseAgreementItem>;
function caseAgreementItem(zoneId: string, agreement: CaseAgreement, sourceVersion: number) {
  const key = talentKeys.caseAgreement(zoneId, agreement.agreementId);
  return { ...agreement, zoneId, sourceVersion, ...key, type: 'CaseAgreement' as const };
}

/** Returns the copies of an agreement; none of one that isn't signed or has no terms on cases. */
export function caseAgreementItems(agreement: AgreementRecord): readonly CaseAgreementItem[] {
  const { id, parties, signedOn, caseTerms, validTo, terminatedOn, version } = agreement;
  if (signedOn === null || !caseTerms) return [];
  const to = validTo !== null && terminatedOn !== null ? earlierDay(validTo, terminatedOn) : (terminatedOn ?? validTo);
  const zoneIds = parties.map(({ zoneId }) => zoneId);
  const copied = { agreementId: id, zoneIds, terms: caseTerms, from: firstDayInForce(agreement), to };
  return zoneIds.map((zoneId) => caseAgreementItem(zoneId, copied, version));
}

/** Copies agreements, and removes the copies of those whose terms on cases have ended. A record may come twice. */
export async function copyCaseAgreements(table: Table, agreements: readonly AgreementRecord[]): Promise<void> {
  for (const agreement of agreements) {
    const items = caseAgreementItems(agreement);
    const isOlder = { when: missingOrLess('sourceVersion', agreement.version), otherwise: 'NEWER_COPIED' } as const;
    const keys = agreement.parties.map(({ zoneId }) => talentKeys.caseAgreement(zoneId, agreement.id));
    await transactGroups<'NEWER_COPIED'>(
      table,
      items.length > 0 ? items.map((item) => [put(item, isOlder)]) : keys.map((key) => [remove(key, isOlder)]),
    );
  }
}

export interface CaseAgreements {
  /** Returns the agreement between two zones that is in force on a day: one Query. Null where there is none. */
  between(zone: string, other: string, on: string): Promise<CaseAgreementItem | null>;
}

export function openCaseAgreements(table: Table): CaseAgreements {
  return {
    async between(zone, other, on) {
      if (!isIdOf('zone', zone) || !isIdOf('zone', other)) return null;
      const { pk, sk } = talentKeys.caseAgreement(zone, '');
      const items = await readRange<CaseAgreementItem>(table, {
        partition: pk,
        sort: { beginsWith: sk },
        consistent: true,
      });
      return agreementBetween(items, [zone, other], on);
    },
  };
}
