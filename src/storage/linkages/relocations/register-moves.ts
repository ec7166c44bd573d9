import { registered } from '../../../domain/linkages/relocating.ts';
import type { RelocationRecord } from '../../../domain/linkages/relocation.ts';
import type { Publication } from '../../../domain/records/publication.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import { newId } from '../../dynamodb/new-id.ts';
import { readItem } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { STALE, type Stale, transact } from '../../dynamodb/transaction.ts';
import { attributeIs, isNew, put, remove, versionIs, type Write } from '../../dynamodb/write.ts';
import { linkageKeys, type PrimaryKey } from '../../tables.ts';
import {
  type AwaitedRelocationItem,
  awaitedRelocationItem,
  type CompletedMove,
  type RecordedMoveItem,
  type RelocationItem,
  recordedMoveItem,
  relocationItem,
  relocationVersionItem,
} from './relocation-items.ts';
import { listed } from './relocation-records.ts';

/** Attempts while zones state facts of the same relocation. */
const MAX_ATTEMPTS = 5;

/**
 * Records completed moves as relocations, each exactly once: the one that waits for it, or a new one.
 * @param now the time that new ids and versions have
 */
export async function registerMoves(table: Table, moves: readonly CompletedMove[], now: Date): Promise<void> {
  for (const move of moves) {
    for (let attempt = 1; !(await registerMove(table, move, now)); attempt++) {
      if (attempt === MAX_ATTEMPTS) throw new Error(`the relocation of ${move.enterpriseId} changes all the time`);
    }
  }
}

/** Records one move. Returns false where the data have changed since they were read. */
async function registerMove(table: Table, move: CompletedMove, now: Date): Promise<boolean> {
  const { enterpriseId, fromZoneId, toZoneId, toParkId, completedOn: registeredOn } = move;
  const awaitedKey = linkageKeys.awaitedRelocation(enterpriseId, fromZoneId, toZoneId);
  const { pk, sk } = recordedMoveItem(move, '');
  const [mark = null, awaited = null] = await batchRead<PrimaryKey>(table, [{ pk, sk }, awaitedKey], {
    consistent: true,
  });
  if ((mark as RecordedMoveItem | null) !== null) return true;
  const id = (awaited as AwaitedRelocationItem | null)?.relocationId;
  const before = id === undefined ? null : await readItem<RelocationItem>(table, linkageKeys.relocation(id), READ);
  const after: RelocationRecord = before
    ? registered(before, { toParkId, registeredOn })
    : {
        ...{ id: newId('reloc', now), version: 1, enterpriseId, fromZoneId, toZoneId, toParkId, registeredOn },
        ...{ confirmedOn: null, withdrawnOn: null, agreementId: null, statements: [] },
      };
  const { committed } = await transact<Stale>(table, [
    put<Stale>(recordedMoveItem(move, after.id), { when: isNew, otherwise: STALE }),
    put<Stale>(relocationItem(after), { when: versionIs(before?.version ?? 0), otherwise: STALE }),
    put<Stale>(relocationVersionItem(before, after, byRegister(now)), { when: isNew, otherwise: STALE }),
    ...(before ? [noMoreAwaited(before)] : listed<Stale>(after)),
  ]);
  return committed;
}

const READ = { consistent: true } as const;

const noMoreAwaited = (relocation: RelocationRecord): Write<Stale> =>
  remove<Stale>(awaitedRelocationItem(relocation), {
    when: attributeIs('relocationId', relocation.id),
    otherwise: STALE,
  });

/** The publication of a version that follows from the register, which no officer publishes. */
const byRegister = (now: Date): Publication => ({ at: now.toISOString(), by: 'REGISTER', agency: null });
