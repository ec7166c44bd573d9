import type { SigningRule } from '../../domain/linkages/signing-rule.ts';
import type { Publication } from '../../domain/records/publication.ts';
import { batchRead } from '../dynamodb/batch.ts';
import { type Earlier, earlierOf, type OnceOutcome, type OnceRequest, onceKey } from '../dynamodb/idempotency.ts';
import { itemLoader, type Loader } from '../dynamodb/loader.ts';
import type { Table } from '../dynamodb/table.ts';
import type { Stale } from '../dynamodb/transaction.ts';
import { answeredVersion, commitVersion } from '../dynamodb/versioned-item.ts';
import { linkageKeys, type PrimaryKey } from '../tables.ts';
import { type SigningRuleItem, signingRuleItem, signingRuleVersionItem } from './items.ts';

export interface LoadedSigningRule {
  readonly earlier: Earlier;
  readonly before: SigningRuleItem | null;
}

/** The rules by which zones sign, which change version by version. */
export interface SigningRules {
  readonly ofZone: Loader<string, SigningRuleItem | null>;
  load(once: OnceRequest, zone: string): Promise<LoadedSigningRule>;
  commit(
    once: OnceRequest,
    loaded: LoadedSigningRule,
    rule: SigningRule,
    publication: Publication,
  ): Promise<OnceOutcome<Stale>>;
  /** Returns the rule of an answer that was given before, as it is now. */
  answered(answer: readonly string[]): Promise<SigningRuleItem>;
}

export function openSigningRules(table: Table): SigningRules {
  return {
    ofZone: itemLoader<SigningRuleItem>(table, 'zone', linkageKeys.signingRule),
    async load(once, zone) {
      const keys = [onceKey(table, once), linkageKeys.signingRule(zone)];
      const [record = null, before = null] = await batchRead<PrimaryKey>(table, keys, { consistent: true });
      return { earlier: await earlierOf(table, record, once), before: before as SigningRuleItem | null };
    },
    commit(once, { before }, rule, publication) {
      const history = signingRuleVersionItem(rule, publication);
      return commitVersion(table, once, { before, after: signingRuleItem(rule), history }, []);
    },
    answered: (answer) => answeredVersion<SigningRuleItem>(table, answer),
  };
}
