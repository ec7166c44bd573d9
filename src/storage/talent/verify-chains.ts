import { BREAKS, type Break, type Checkpoint, firstBreak } from '../../domain/chain-check.ts';
import { anchorText, checkpointText, hashOfAnchor, headText, type SignedAnchor } from '../../domain/chain-signature.ts';
import type { ChainHead } from '../../domain/look-chain.ts';
import type { Anchors } from '../access-log/anchors.ts';
import type { LogVerifier } from '../access-log/signing.ts';
import { readItem, readRange } from '../read.ts';
import type { Table } from '../table.ts';
import { chainKeys } from '../tables.ts';
import { allChains } from './chain-ranges.ts';
import type {
  ChainEntryItem,
  ChainedLookItem,
  ChainHeadItem,
  CheckpointItem,
  PersonChainItem,
  SignedHeadItem,
} from './look-items.ts';

export interface Verdict {
  readonly chains: number;
  readonly entries: number;
  readonly anchors: number;
  /** What is wrong, a sentence each. */
  readonly faults: readonly string[];
}

/**
 * Verifies every chain there is, and every one that was ever anchored; those of one person where one is named.
 * @param person what the issuer calls them
 */
export async function verifyChains(
  table: Table,
  { verifier, anchors, person }: { verifier: LogVerifier; anchors: Anchors; person: string | null },
): Promise<Verdict> {
  const anchored = await readAnchors(anchors, verifier);
  const named = person === null ? null : await readItem<PersonChainItem>(table, chainKeys.ofPerson(person));
  const chains =
    person === null
      ? [...new Set([...(await allChains(table)), ...anchored.heads.keys()])].sort()
      : named
        ? [named.chain]
        : [];
  const faults = [...anchored.faults];
  let entries = 0;
  for (const chain of chains) {
    const found = await verifySteadily(table, chain, verifier, anchored.heads.get(chain) ?? []);
    entries += found.entries;
    faults.push(...found.faults);
  }
  return { chains: chains.length, entries, anchors: anchored.count, faults };
}

const sentence = (chain: string, { sequence, kind }: Break) => `Chain ${chain}, entry ${sequence}: ${BREAKS[kind]}.`;

/** What is read while the chain grows may look torn; what is broken stays so. */
async function verifySteadily(...of: Parameters<typeof verifyChain>) {
  let found = await verifyChain(...of);
  for (let more = 0; more < 2 && found.faults.length > 0; more++) found = await verifyChain(...of);
  return found;
}

async function verifyChain(table: Table, chain: string, verifier: LogVerifier, anchored: readonly ChainHead[]) {
  const { pk: partition } = chainKeys.head(chain);
  const [items, signedHead, cut] = await Promise.all([
    readRange<ChainHeadItem | ChainEntryItem | ChainedLookItem>(table, { partition }),
    readItem<SignedHeadItem>(table, chainKeys.signed(chain), { consistent: true }),
    readItem<CheckpointItem>(table, chainKeys.checkpoint(chain), { consistent: true }),
  ]);
  const faults: string[] = [];
  const isSigned = (text: string, signature: string, what: string) => {
    const valid = verifier.verify(text, signature);
    if (!valid) faults.push(`Chain ${chain}: the signature of ${what} is not the signer's.`);
    return valid;
  };
  const signed = signedHead && isSigned(headText(signedHead), signedHead.signature, 'its end') ? [signedHead] : [];
  const checkpoint: Checkpoint | null = cut && isSigned(checkpointText(cut), cut.signature, 'its cut') ? cut : null;
  const entries = items.filter((item) => item.type === 'ChainEntry');
  const fault = firstBreak({
    chain,
    entries,
    checkpoint,
    head: items.find((item) => item.type === 'ChainHead') ?? null,
    told: new Map(items.flatMap((item) => (item.type === 'ChainedLook' ? [[item.look, item.told] as const] : []))),
    signed: [...signed, ...anchored],
  });
  return { entries: entries.length, faults: fault ? [...faults, sentence(chain, fault)] : faults };
}

/** What was anchored of each chain; the anchors are a chain themselves. */
async function readAnchors(anchors: Anchors, verifier: LogVerifier) {
  const heads = new Map<string, ChainHead[]>();
  const faults: string[] = [];
  let previous: string | null = null;
  const names = await anchors.list();
  for (const name of names) {
    const file = await anchors.read(name);
    const anchor = JSON.parse(file) as SignedAnchor;
    if (!verifier.verify(anchorText(anchor), anchor.signature)) {
      faults.push(`Anchor ${name}: its signature is not the signer's.`);
    } else {
      if (anchor.previous !== previous) faults.push(`Anchor ${name}: the one before it is missing or another.`);
      for (const head of anchor.heads) heads.set(head.chain, [...(heads.get(head.chain) ?? []), head]);
    }
    previous = hashOfAnchor(file);
  }
  return { heads, faults, count: names.length };
}
