/** Copies of enterprises that have ended: no case begins with one as its employer, and none recommends. */
import { hasEnded } from '../../../domain/register/succession.ts';
import type { Table } from '../../dynamodb/table.ts';
import { transactGroups } from '../../dynamodb/transact-groups.ts';
import { missingOrLess, put, remove } from '../../dynamodb/write.ts';
import type { EnterpriseItem } from '../../enterprises/items.ts';
import { talentKeys } from '../../tables.ts';

export type EndedEmployerItem = ReturnType<typeof endedEmployerItem>;
function endedEmployerItem({ id, version }: Pick<EnterpriseItem, 'id' | 'version'>) {
  return {
    ...talentKeys.endedEmployer(id),
    type: 'EndedEmployer' as const,
    enterpriseId: id,
    sourceVersion: version,
  };
}

type Ending = Pick<EnterpriseItem, 'id' | 'version' | 'registration' | 'successors'>;

/** Returns the copy of an enterprise that has ended by a succession, or whose registration is void; none of another. */
export function endedEmployerItems(enterprise: Ending): readonly EndedEmployerItem[] {
  const isOver = hasEnded(enterprise) || enterprise.registration === 'VOID';
  return isOver ? [endedEmployerItem(enterprise)] : [];
}

/** An enterprise now, and before; null before it was registered. */
export interface ChangedEmployer {
  readonly before: Ending | null;
  readonly after: Ending;
}

/** Copies the ends of enterprises, and removes the copy of one that is registered anew. A record may come twice. */
export async function copyEndedEmployers(table: Table, changed: readonly ChangedEmployer[]): Promise<void> {
  for (const { before, after } of changed) {
    const guard = { when: missingOrLess('sourceVersion', after.version), otherwise: 'NEWER_COPIED' } as const;
    const [ended] = endedEmployerItems(after);
    const isBack = !ended && before !== null && endedEmployerItems(before).length > 0;
    if (!ended && !isBack) continue;
    const write = ended ? put(ended, guard) : remove<'NEWER_COPIED'>(talentKeys.endedEmployer(after.id), guard);
    await transactGroups<'NEWER_COPIED'>(table, [[write]]);
  }
}
