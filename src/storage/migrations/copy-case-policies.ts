import { isNew } from '../dynamodb/condition.ts';
import { transactGroups } from '../dynamodb/transact-groups.ts';
import { put } from '../dynamodb/write.ts';
import type { PrimaryKey } from '../tables.ts';
import type { Migration } from './migration.ts';

/** A policy of version 13, as far as case types rest on it. */
interface Policy extends PrimaryKey {
  readonly type: 'Policy';
  readonly id: string;
  readonly homeZoneIds: readonly string[];
  readonly subject: string;
  readonly version: number;
  readonly versions: readonly {
    readonly number: number;
    readonly status: string;
    readonly validFrom: string;
    readonly validTo: string | null;
    readonly terms?: { readonly rule: object | null };
  }[];
}

/** Copies policies whose subjects are persons into the talent table. Later ones follow the stream of parks. */
export const copyCasePolicies: Migration = {
  version: 14,
  name: 'copy-case-policies',
  async run({ pages, table }) {
    for await (const page of pages<Policy>('parks', ['Policy'])) {
      await transactGroups<'COPIED'>(
        table('talent'),
        page
          .filter(({ subject }) => subject === 'PERSON')
          // A consumer of the stream may have copied it since.
          .map((policy) => [put(copyOf(policy), { when: isNew, otherwise: 'COPIED' })]),
      );
    }
  },
};

function copyOf({ id, homeZoneIds, version, versions }: Policy) {
  return {
    pk: id,
    sk: 'TERMS',
    type: 'CasePolicy',
    policyId: id,
    homeZoneIds,
    inForce: inForce(versions),
    sourceVersion: version,
  };
}

/** Returns the interval of each published version. A later version ends earlier ones on the day before its first. */
function inForce(versions: Policy['versions']) {
  const published = versions.filter(({ status }) => status === 'PUBLISHED').sort((a, b) => a.number - b.number);
  return published.flatMap(({ number, validFrom: from, validTo, terms }) => {
    const later = published.filter((each) => each.number > number).map((each) => dayBefore(each.validFrom));
    const to = [...later, ...(validTo === null ? [] : [validTo])].sort()[0] ?? null;
    return to !== null && to < from ? [] : [{ number, from, to, ...(terms && { rule: terms.rule }) }];
  });
}

function dayBefore(day: string): string {
  const instant = new Date(`${day}T00:00:00.000Z`);
  instant.setUTCDate(instant.getUTCDate() - 1);
  return instant.toISOString().slice(0, 10);
}
