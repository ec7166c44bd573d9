import { createHash, randomBytes } from 'node:crypto';
import { canonical } from '../../../domain/canonical.ts';
import { ulidOfName } from '../../../domain/ids.ts';
import { log } from '../../../log.ts';
import { securityEvent } from '../../../security-event.ts';
import { readRange } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { STALE, transact } from '../../dynamodb/transaction.ts';
import { exists, isNew, put, remove } from '../../dynamodb/write.ts';
import type { PrimaryKey } from '../../tables.ts';
import type { Migration } from '../migration.ts';

/**
 * Migrates the chains of version 1, one per person, to the access log. Each entry becomes an entry that waits for a
 * batch, with its chain, place and hash. Each chain is verified a last time; a broken one is reported and migrated all
 * the same. Chains of erased persons, which have hashes only, are deleted: their ends stay in the anchors.
 */
export const carryAccessLog: Migration = {
  version: 2,
  name: 'carry-access-log',
  async run({ table, pages }) {
    const talent = table('talent');
    for await (const page of pages<OldLook>('talent', ['Look'], 'waiting')) {
      for (const look of page) await carryLook(talent, look);
    }
    for await (const page of pages<OldPersonChain>('talent', ['PersonChain'], 'chains')) {
      for (const chain of page) await carryChain(talent, chain);
    }
    for await (const page of pages<OldHead>('talent', ['ChainHead'], 'erased')) {
      for (const { chain } of page) await removeChain(talent, chain, await readChain(talent, chain));
    }
  },
};

interface OldViews {
  readonly full: readonly string[];
  readonly masked: readonly string[];
}

/** One request's access to cases that is in no chain yet. */
interface OldLook extends PrimaryKey {
  readonly type: 'Look';
  readonly id: string;
  readonly at: string;
  readonly requestId: string;
  readonly viewer: unknown;
  readonly purpose: string | null;
  readonly subjects: readonly string[];
  readonly views: readonly (OldViews & { readonly cases: readonly { subject: string; caseId: string }[] })[];
}

interface OldPersonChain extends PrimaryKey {
  readonly type: 'PersonChain';
  readonly chain: string;
}

interface OldHead extends PrimaryKey {
  readonly type: 'ChainHead';
  readonly chain: string;
  readonly count: number;
  readonly hash: string;
}

interface OldEntry extends PrimaryKey {
  readonly type: 'ChainEntry';
  readonly chain: string;
  readonly sequence: number;
  readonly kind: string;
  readonly at: string;
  readonly look: string;
  readonly digest: string;
  readonly previous: string;
  readonly hash: string;
}

/** The content of an entry. */
interface OldContent extends PrimaryKey {
  readonly type: 'ChainedLook';
  readonly sequence: number;
  readonly at: string;
  readonly told: { readonly salt: string; readonly content: OldSaid } | null;
}

interface OldSaid {
  readonly viewer: unknown;
  readonly purpose: string | null;
  readonly cases: readonly (OldViews & { readonly caseId: string })[];
}

type OldItem = OldHead | OldEntry | OldContent;

interface Carried {
  readonly id: string;
  readonly requestId: string;
  readonly viewer: unknown;
  readonly purpose: string | null;
  readonly cases: readonly (OldViews & { readonly subject: string; readonly caseId: string })[];
  readonly carried?: { readonly chain: string; readonly sequence: number; readonly hash: string };
}

/** Returns the item of an entry that waits for a batch, in the shape of version 2. */
function waiting({ id, cases, ...rest }: Carried): PrimaryKey {
  const subjects = [...new Set(cases.map(({ subject }) => subject))];
  const views = [...new Map(cases.map(({ full, masked }) => [canonical([full, masked]), { full, masked }])).entries()];
  const keys = views.map(([key]) => key);
  return {
    pk: `ACCESS_WAITING#${id.charCodeAt(id.length - 1) % 4}`,
    sk: id,
    type: 'AccessWaiting',
    ...rest,
    subjects,
    views: views.map(([, view]) => view),
    cases: cases.map(({ subject, caseId, full, masked }) => [
      subjects.indexOf(subject),
      keys.indexOf(canonical([full, masked])),
      caseId,
    ]),
    seed: randomBytes(16).toString('base64url'),
  } as PrimaryKey;
}

async function carryLook(table: Table, look: OldLook): Promise<void> {
  const { id, requestId, viewer, purpose, views } = look;
  const cases = views.flatMap(({ full, masked, cases: of }) => of.map((one) => ({ ...one, full, masked })));
  await move(table, waiting({ id, requestId, viewer, purpose, cases }), [look]);
}

async function carryChain(table: Table, named: OldPersonChain): Promise<void> {
  const { chain } = named;
  const person = named.pk.slice('ACCESS#'.length);
  const items = await readChain(table, chain);
  const entries = new Map(
    items.flatMap((item) => (item.type === 'ChainEntry' ? [[item.sequence, item] as const] : [])),
  );
  // A partly migrated chain is incomplete, so a resumed run doesn't verify it again.
  const isWhole = items.some((item) => item.type === 'ChainEntry' && item.sequence === 1);
  if (isWhole && !holds(chain, items)) {
    log.error('a chain of the access log is broken', { chain });
    securityEvent(log, { kind: 'ACCESS_LOG_BROKEN', code: 'CARRIED_CHAIN_BROKEN', count: 1 });
  }
  for (const content of items) {
    if (content.type !== 'ChainedLook' || content.told === null) continue;
    const { sequence, at, told } = content;
    const entry = entries.get(sequence);
    const { viewer, purpose, cases } = told.content;
    const fresh = waiting({
      id: ulidOfName(`${chain} ${sequence}`, Date.parse(at)),
      requestId: '',
      viewer,
      purpose,
      cases: cases.map((one) => ({ ...one, subject: person })),
      carried: { chain, sequence, hash: entry?.hash ?? '' },
    });
    await move(table, fresh, entry ? [content, entry] : [content]);
  }
  await removeChain(table, chain, await readChain(table, chain));
  await transact(table, [remove(named)]);
}

/** Replaces old items by the new one in one transaction, so that nothing is migrated twice. */
async function move(table: Table, fresh: PrimaryKey, [first, ...others]: readonly PrimaryKey[]): Promise<void> {
  if (!first) return;
  await transact(table, [
    put(fresh, { when: isNew, otherwise: STALE }),
    remove(first, { when: exists, otherwise: STALE }),
    ...others.map((item) => remove<typeof STALE>(item)),
  ]);
}

function readChain(table: Table, chain: string): Promise<OldItem[]> {
  return readRange<OldItem>(table, { partition: `CHAIN#${chain}`, consistent: true });
}

async function removeChain(table: Table, chain: string, items: readonly PrimaryKey[]): Promise<void> {
  const signed = ['HEAD', 'CHECKPOINT'].map((sk) => ({ pk: `SIGNED#${chain}`, sk }));
  for (const item of [...items, ...signed]) await transact(table, [remove(item)]);
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');

/** Returns whether a chain's entries are linked up to its head and match their digests. */
function holds(chain: string, items: readonly OldItem[]): boolean {
  const head = items.find((item) => item.type === 'ChainHead');
  const contents = new Map(
    items.flatMap((item) => (item.type === 'ChainedLook' ? [[item.sequence, item] as const] : [])),
  );
  let end = { count: 0, hash: sha256(canonical(['chain', chain])) };
  for (const item of items) {
    if (item.type !== 'ChainEntry') continue;
    const { sequence, kind, at, look, digest, previous, hash } = item;
    const text = canonical(['entry', chain, sequence, kind, at, look, digest, previous]);
    const told = contents.get(sequence)?.told;
    const isSaid = kind !== 'LOOK' || (told && sha256(canonical([told.salt, told.content])) === digest);
    if (sequence !== end.count + 1 || previous !== end.hash || sha256(text) !== hash || !isSaid) return false;
    end = { count: sequence, hash };
  }
  return head?.count === end.count && head.hash === end.hash;
}
