/** Copies of relocations by the zone that is entered, so that a simulation reads those to its park's zone at once. */
import type { RelocationRecord } from '../../../domain/linkages/relocation.ts';
import { agreedRelocation } from '../../../domain/linkages/subject-facts.ts';
import type { Table } from '../../dynamodb/table.ts';
import { transactGroups } from '../../dynamodb/transact-groups.ts';
import { missingOrLess, put } from '../../dynamodb/write.ts';
import { enterpriseKeys } from '../../tables.ts';

export type RelocatedEnterpriseItem = ReturnType<typeof relocatedEnterpriseItem>;
export function relocatedEnterpriseItem(relocation: RelocationRecord & { readonly registeredOn: string }) {
  const { id, enterpriseId, toZoneId, registeredOn, version } = relocation;
  return {
    ...{ relocationId: id, enterpriseId, registeredOn },
    /** The facts on which both zones agree. */
    agreed: agreedRelocation(relocation),
    sourceVersion: version,
    ...enterpriseKeys.relocatedTo(toZoneId, id),
    type: 'RelocatedEnterprise' as const,
  };
}

/** Returns whether the register has the move of a relocation. */
export const hasMoved = <Relocation extends Pick<RelocationRecord, 'registeredOn'>>(
  relocation: Relocation,
): relocation is Relocation & { readonly registeredOn: string } => relocation.registeredOn !== null;

/** Stores copies of registered relocations. Only a newer version replaces a copy. */
export async function copyRelocations(table: Table, relocations: readonly RelocationRecord[]): Promise<void> {
  const newest = new Map<string, RelocationRecord & { readonly registeredOn: string }>();
  for (const each of relocations) {
    if (hasMoved(each) && (newest.get(each.id)?.version ?? 0) < each.version) newest.set(each.id, each);
  }
  await transactGroups<'NEWER_STORED'>(
    table,
    [...newest.values()].map((each) => [
      put(relocatedEnterpriseItem(each), {
        when: missingOrLess('sourceVersion', each.version),
        otherwise: 'NEWER_STORED',
      }),
    ]),
  );
}
