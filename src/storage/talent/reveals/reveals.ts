import { createHmac } from 'node:crypto';
import type { RevealGround } from '../../../domain/access/reveal.ts';
import { DEFAULT_REVEAL_QUOTA, type RevealQuota } from '../../../domain/access/reveal-quota.ts';
import type { Agency } from '../../../domain/cases/agency.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import { UpdateCommand } from '../../dynamodb/client/dynamo.ts';
import { isConditionFailed } from '../../dynamodb/client/store-error.ts';
import { readItem } from '../../dynamodb/read.ts';
import { sendWrite } from '../../dynamodb/send.ts';
import type { Table } from '../../dynamodb/table.ts';
import { transact } from '../../dynamodb/transaction.ts';
import { type Condition, epochSeconds, put, updateExpression } from '../../dynamodb/write.ts';
import { type PrimaryKey, TTL_ATTRIBUTE, talentKeys } from '../../tables.ts';
import type { CaseItem, WorkItem } from '../items.ts';

/** Lifetime of a day's counts, which are unused after the day. */
const COUNTS_TTL_SECONDS = 2 * 86_400;

export interface RevealQuotaItem extends PrimaryKey, RevealQuota {
  readonly type: 'RevealQuota';
}

/** The facts that decide a reveal. */
export interface LoadedReveal {
  readonly case: CaseItem | null;
  /** The case in the list of the officer's agency. */
  readonly work: WorkItem | null;
  /** The quota of the officer's zone. */
  readonly quota: RevealQuota;
}

/** A reveal of a person's values by an officer. */
export interface RevealOfPerson {
  /** The officer, as the issuer names them. */
  readonly officer: string;
  readonly person: string;
  readonly ground: Exclude<RevealGround, 'OWN'>;
  /** The limit of the ground, in the officer's zone. */
  readonly limit: number;
  readonly day: string;
  readonly now: Date;
}

/** Counts the persons whose values officers reveal. */
export interface Reveals {
  /** Loads the facts that decide a reveal: one BatchGet. */
  load(caseId: string, officer: { readonly agency: Agency; readonly zone: string }): Promise<LoadedReveal>;
  /** Returns the quota of a zone's officers. */
  quota(zone: string): Promise<RevealQuota>;
  /**
   * Counts a person in an officer's daily quota with one conditional write, so that concurrent reveals can't exceed it.
   * A person who is counted already on that day is free.
   * @returns false where the quota is used up
   */
  count(reveal: RevealOfPerson): Promise<boolean>;
}

/** @param key returns the key that hashes names of officers and persons, so that no item identifies them */
export function openReveals(table: Table, key: () => string): Reveals {
  const nameOf = (text: string) =>
    createHmac('sha256', key()).update(`reveal ${text}`).digest('base64url').slice(0, 22);
  return {
    async load(caseId, { agency, zone }) {
      const keys = [talentKeys.case(caseId), talentKeys.work(caseId, agency), talentKeys.revealQuota(zone)];
      const [of = null, work = null, quota = null] = await batchRead<PrimaryKey>(table, keys, { consistent: true });
      return {
        case: of as CaseItem | null,
        work: work as WorkItem | null,
        quota: (quota as RevealQuotaItem | null) ?? DEFAULT_REVEAL_QUOTA,
      };
    },
    quota: (zone) => readRevealQuota(table, zone),
    async count({ officer, person, ground, limit, day, now }) {
      const [own, other] =
        ground === 'CLAIMED' ? (['claimed', 'unclaimed'] as const) : (['unclaimed', 'claimed'] as const);
      const name = nameOf(`${officer} ${day} ${person}`);
      const { pk, sk } = talentKeys.reveals(nameOf(officer), day);
      const command = new UpdateCommand({
        TableName: table.name,
        Key: { pk, sk },
        ...updateExpression(
          {
            set: { type: 'Reveals', [TTL_ATTRIBUTE]: epochSeconds(now) + COUNTS_TTL_SECONDS },
            add: { [own]: new Set([name]) },
          },
          isFreeOrLess({ own, other, name, limit }),
        ),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      try {
        await sendWrite(table, () => table.dynamo.send(command));
        return true;
      } catch (error) {
        if (!isConditionFailed(error)) throw error;
        const counted = error.item?.[other];
        return counted instanceof Set && counted.has(name);
      }
    },
  };
}

/** Returns the quota of a zone's officers. */
export async function readRevealQuota(table: Table, zone: string): Promise<RevealQuota> {
  return (await readItem<RevealQuotaItem>(table, talentKeys.revealQuota(zone))) ?? DEFAULT_REVEAL_QUOTA;
}

/** Sets the quota of a zone's officers for later reveals. */
export async function writeRevealQuota(table: Table, zone: string, quota: RevealQuota): Promise<void> {
  const item: RevealQuotaItem = { ...talentKeys.revealQuota(zone), type: 'RevealQuota', ...quota };
  await transact(table, [put<never>(item)]);
}

/** Returns the condition that the person is counted on this ground, or is counted on none and the ground has room. */
function isFreeOrLess(of: {
  readonly own: string;
  readonly other: string;
  readonly name: string;
  readonly limit: number;
}): Condition {
  const isKnown = 'contains(#c_own, :c_name)';
  const names = { '#c_own': of.own };
  if (of.limit <= 0) return { expression: isKnown, names, values: { ':c_name': of.name } };
  const hasRoom = '(attribute_not_exists(#c_own) OR size(#c_own) < :c_limit)';
  return {
    expression: `${isKnown} OR (${hasRoom} AND NOT contains(#c_other, :c_name))`,
    names: { ...names, '#c_other': of.other },
    values: { ':c_name': of.name, ':c_limit': of.limit },
  };
}
