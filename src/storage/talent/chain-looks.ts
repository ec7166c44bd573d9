import { randomBytes } from 'node:crypto';
import { dayInShanghai } from '../../domain/day.ts';
import {
  type ChainHead,
  digestOf,
  emptyChain,
  headAfter,
  type LookContent,
  nextEntry,
} from '../../domain/look-chain.ts';
import { CodedError } from '../../errors.ts';
import { backOff } from '../backoff.ts';
import { batchRead } from '../batch-read.ts';
import { attributeIs, isNew } from '../condition.ts';
import type { Table } from '../table.ts';
import { chainKeys, type PrimaryKey, talentKeys } from '../tables.ts';
import { transactGroups } from '../transact-groups.ts';
import { STALE, type Stale } from '../transaction.ts';
import { put, remove, type Write } from '../write.ts';
import {
  type ChainedLookItem,
  type ChainHeadItem,
  chainEntryItem,
  chainedLookItem,
  chainHeadItem,
  type LookFacts,
  type PersonChainItem,
  personChainItem,
} from './look-items.ts';

/** What one look showed of one person: what becomes one entry of their chain. */
interface Told {
  readonly person: string;
  readonly at: string;
  readonly look: string;
  readonly content: LookContent;
}

/** Entries of one chain that one transaction takes: two writes each, the head and whose chain it is. */
const MOST_AT_ONCE = 40;

/**
 * Puts looks at the ends of the chains of all whose data they showed, each once, however often and in whatever order they
 * come: an entry and the mark that it is there are one transaction. A look that is in all of them stops waiting.
 * @returns the ids of looks that can't be told; all others are chained
 * @throws CodedError CONFLICT where others chain to the same at the same time until the deadline; what `transact` throws.
 * Some may be chained by then: to be called again with all.
 */
export async function chainLooks(table: Table, looks: readonly LookFacts[], now: Date): Promise<readonly string[]> {
  const sound = [...new Map(looks.filter(isSound).map((look) => [look.id, look])).values()];
  let rest: readonly Told[] = sound.flatMap(toldBy);
  for (let attempt = 0; rest.length > 0; attempt++) {
    const left = await chainOnce(table, rest, now);
    if (left.length === rest.length && !(await backOff(table, attempt))) {
      throw new CodedError('CONFLICT', 'Others are chaining to the same just now. Try again in a moment.');
    }
    rest = left;
  }
  await transactGroups(
    table,
    sound.map(({ at, id }) => [remove(talentKeys.look(at, id))]),
  );
  return looks.filter((look) => !isSound(look)).map(({ id }) => String(id));
}

/** What comes of one look, person by person. */
export function toldBy({ id, at, viewer, purpose, views }: LookFacts): readonly Told[] {
  const cases = Map.groupBy(
    views.flatMap(({ full, masked, cases }) => cases.map(({ subject, caseId }) => ({ subject, caseId, full, masked }))),
    ({ subject }) => subject,
  );
  return Array.from(cases, ([person, seen]) => ({
    person,
    at,
    look: id,
    content: { viewer, purpose, cases: seen.map(({ caseId, full, masked }) => ({ caseId, full, masked })) },
  }));
}

/** Whether it says what a look says: what doesn't would never be taken, and would keep all others waiting. */
function isSound(look: LookFacts): boolean {
  try {
    return (
      [look.id, look.at, look.viewer.kind].every((text) => typeof text === 'string') &&
      toldBy(look).length > 0 &&
      toldBy(look).every(({ person }) => typeof person === 'string' && person.length > 0)
    );
  } catch {
    return false;
  }
}

/** @returns what wasn't chained, because others came first, or because it was too much for one transaction */
async function chainOnce(table: Table, told: readonly Told[], now: Date): Promise<readonly Told[]> {
  const persons = [...new Set(told.map(({ person }) => person))];
  const known = await readChains(table, persons);
  const chained = await readChained(table, told, known);

  const left: Told[] = [];
  const groups = persons.flatMap((person) => {
    const head = known.get(person) ?? null;
    const fresh = told
      .filter(
        (one) => one.person === person && !(head && chained.has(textOf(chainKeys.look(head.chain, one.at, one.look)))),
      )
      .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
    left.push(...fresh.slice(MOST_AT_ONCE));
    const taken = fresh.slice(0, MOST_AT_ONCE);
    return taken.length === 0 ? [] : { taken, writes: append(person, head, taken, now) };
  });
  const outcomes = await transactGroups(
    table,
    groups.map(({ writes }) => writes),
  );
  return [...left, ...groups.flatMap(({ taken }, i) => (outcomes[i]?.committed ? [] : taken))];
}

const textOf = ({ pk, sk }: PrimaryKey) => `${pk}\0${sk}`;
const orderOf = ({ at, look }: Told) => `${at}#${look}`;

/** The heads of the chains that people have, by person. */
async function readChains(table: Table, persons: readonly string[]): Promise<ReadonlyMap<string, ChainHeadItem>> {
  const consistent = true;
  const named = await batchRead<PersonChainItem>(table, persons.map(chainKeys.ofPerson), { consistent });
  const keys = named.flatMap((item) => (item ? [chainKeys.head(item.chain)] : []));
  const heads = await batchRead<ChainHeadItem>(table, keys, { consistent });
  const ofChain = new Map(heads.flatMap((head) => (head ? [[head.chain, head] as const] : [])));
  return new Map(
    named.flatMap((item, i) => {
      const head = item && ofChain.get(item.chain);
      return head ? [[persons[i] ?? '', head] as const] : [];
    }),
  );
}

/** Where looks are that are in their chains already. */
async function readChained(
  table: Table,
  told: readonly Told[],
  known: ReadonlyMap<string, ChainHeadItem>,
): Promise<ReadonlySet<string>> {
  const keys = told.flatMap(({ person, at, look }) => {
    const head = known.get(person);
    return head ? [chainKeys.look(head.chain, at, look)] : [];
  });
  const found = await batchRead<ChainedLookItem>(table, keys, { consistent: true });
  return new Set(found.flatMap((item) => (item ? [textOf(item)] : [])));
}

/** The writes that put looks at the end of a person's chain, if nobody else has done so since its head was read. */
function append(person: string, head: ChainHeadItem | null, told: readonly Told[], now: Date): Write<Stale>[] {
  const fresh: { when: typeof isNew; otherwise: Stale } = { when: isNew, otherwise: STALE };
  const begun = head ? null : emptyChain(newChainName());
  let end: ChainHead = head ?? (begun as ChainHead);
  const writes: Write<Stale>[] = begun ? [put(personChainItem(person, begun.chain), fresh)] : [];
  for (const { at, look, content } of told) {
    const salt = randomBytes(16).toString('base64url');
    const entry = nextEntry(end, { kind: 'LOOK', at, look, digest: digestOf(salt, content) });
    const { chain, sequence } = entry;
    writes.push(
      put(chainEntryItem(entry), fresh),
      put(chainedLookItem({ chain, sequence, at, look, told: { salt, content } }), fresh),
    );
    end = headAfter(entry);
  }
  const oldestAt = head?.oldestAt ?? told[0]?.at ?? null;
  const item = chainHeadItem({ ...end, changedOn: dayInShanghai(now), oldestAt });
  return [...writes, put(item, { when: head ? attributeIs('hash', head.hash) : isNew, otherwise: STALE })];
}

const newChainName = () => randomBytes(16).toString('hex');
