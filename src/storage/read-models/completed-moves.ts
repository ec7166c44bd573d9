/** Completed moves of the register that no relocation has: the stream's consumer has given their records up. */
import { batchRead } from '../dynamodb/batch.ts';
import { readItem, scanPages } from '../dynamodb/read.ts';
import type { EnterpriseItem } from '../enterprises/items.ts';
import { registerMoves } from '../linkages/relocations/register-moves.ts';
import {
  type CompletedMove,
  completedMoveOf,
  type EnterpriseRelocationsItem,
  type RelocationItem,
  recordedMoveItem,
} from '../linkages/relocations/relocation-items.ts';
import { linkageKeys } from '../tables/linkages.ts';
import type { OpenTables, ReadModel, ReadModelDifference } from './read-model.ts';

/**
 * Returns a read model that also names completed moves without a relocation, and records them first. Of an enterprise that
 * has moved again since, only the last move is known.
 */
export function withCompletedMoves(model: ReadModel): ReadModel {
  return {
    ...model,
    async compare(open) {
      const { items, differences } = await model.compare(open);
      return { items, differences: [...(await missingMoves(open)).map(differenceOf), ...differences] };
    },
    async rebuild(open, options) {
      const missing = await missingMoves(open);
      await registerMoves(open('linkages'), missing, new Date());
      const { items, differences } = await model.rebuild(open, options);
      return { items, differences: [...missing.map(differenceOf), ...differences] };
    },
  };
}

function differenceOf(move: CompletedMove): ReadModelDifference {
  const { pk, sk } = recordedMoveItem(move, '');
  return { pk, sk, fault: 'MISSING' };
}

async function missingMoves(open: OpenTables): Promise<readonly CompletedMove[]> {
  const missing: CompletedMove[] = [];
  for await (const page of scanPages<EnterpriseItem>(open('enterprises'), ['Enterprise'])) {
    const moves = page.flatMap((enterprise) => completedMoveOf(enterprise) ?? []);
    const keys = moves.map((move) => recordedMoveItem(move, '')).map(({ pk, sk }) => ({ pk, sk }));
    const marks = await batchRead(open('linkages'), keys, { consistent: true });
    for (const move of moves.filter((_, i) => marks[i] === null)) {
      if (!(await isRelocated(open, move))) missing.push(move);
    }
  }
  return missing;
}

/** Returns whether a relocation has a move already: relocations of older data have no mark of it. */
async function isRelocated(open: OpenTables, move: CompletedMove): Promise<boolean> {
  const table = open('linkages');
  const listed = await readItem<EnterpriseRelocationsItem>(
    table,
    linkageKeys.relocationsOfEnterprise(move.enterpriseId),
    { consistent: true },
  );
  const ids = [...(listed?.relocationIds ?? [])];
  const found = await batchRead<RelocationItem>(table, ids.map(linkageKeys.relocation), { consistent: true });
  return found.some(
    (relocation) => relocation?.toZoneId === move.toZoneId && relocation.registeredOn === move.completedOn,
  );
}
