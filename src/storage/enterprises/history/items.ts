/** The settled stays and classes of enterprises, each an item. Only corrections replace settled stays. */
import type { FormerClassification } from '../../../domain/enterprises/classification.ts';
import type { EndedStay, Settled } from '../../../domain/enterprises/history.ts';
import { enterpriseKeys, type PrimaryKey } from '../../tables.ts';

export interface SettledStayItem extends PrimaryKey, EndedStay {
  readonly type: 'SettledStay';
  readonly enterpriseId: string;
}

export interface SettledClassesItem extends PrimaryKey, FormerClassification {
  readonly type: 'SettledClasses';
  readonly enterpriseId: string;
}

export function settledItems(
  enterpriseId: string,
  { stays, classes }: Settled,
): readonly (SettledStayItem | SettledClassesItem)[] {
  return [
    ...stays.map(
      (stay): SettledStayItem => ({
        ...stay,
        ...enterpriseKeys.settledStay(enterpriseId, stay),
        type: 'SettledStay',
        enterpriseId,
      }),
    ),
    ...classes.map(
      (each): SettledClassesItem => ({
        ...each,
        ...enterpriseKeys.settledClasses(enterpriseId, each.to),
        type: 'SettledClasses',
        enterpriseId,
      }),
    ),
  ];
}
