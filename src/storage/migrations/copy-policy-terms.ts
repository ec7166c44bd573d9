import type { Table } from '../dynamodb/table.ts';
import { transactGroups } from '../dynamodb/transact-groups.ts';
import { isNew, put } from '../dynamodb/write.ts';
import type { PrimaryKey } from '../tables.ts';
import type { Migration } from './migration.ts';

/** A policy of version 13, as far as its copies show it. */
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

/**
 * Copies policies to where applications and drafts are judged by them: those for persons into the talent table, those for
 * enterprises with recorded terms into the enterprises table. Later ones follow the stream of parks.
 */
export const copyPolicyTerms: Migration = {
  version: 14,
  name: 'copy-policy-terms',
  async run({ pages, table }) {
    for await (const page of pages<Policy>('parks', ['Policy'])) {
      const persons = page.filter(({ subject }) => subject === 'PERSON');
      await putNew(table('talent'), persons.map(casePolicyOf));
      const enterprises = page.filter(
        ({ subject, versions }) => subject === 'ENTERPRISE' && versions.some(({ terms }) => terms !== undefined),
      );
      await putNew(table('enterprises'), enterprises.map(policyTermsOf));
    }
  },
};

/** Puts copies that no consumer of the stream has made since. */
async function putNew(table: Table, copies: readonly PrimaryKey[]): Promise<void> {
  await transactGroups<'COPIED'>(
    table,
    copies.map((copy) => [put(copy, { when: isNew, otherwise: 'COPIED' })]),
  );
}

function casePolicyOf({ id, homeZoneIds, version, versions }: Policy) {
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

function policyTermsOf({ id, homeZoneIds, subject, version, versions }: Policy) {
  return {
    pk: id,
    sk: 'TERMS',
    type: 'PolicyTerms',
    policyId: id,
    homeZoneIds,
    subject,
    inForce: inForce(versions).filter((interval) => 'rule' in interval),
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
