import type { Sector, SizeClass } from '../../domain/enterprises/industry.ts';
import { CodedError } from '../../errors.ts';
import type { PageRequest } from '../../storage/dynamodb/page.ts';
import type { ParkChoice } from '../../storage/enterprises/enterprises.ts';
import type { EnterprisesStore } from '../../storage/enterprises/store.ts';
import type { EnterpriseList } from './parents.ts';

export interface ParkArguments {
  readonly parkId: string;
  readonly sector?: Sector | null | undefined;
  readonly size?: SizeClass | null | undefined;
}

/**
 * Returns a page of a park's residents, whom the park's figures count.
 * @throws CodedError BAD_USER_INPUT if both a sector and a size class are given
 */
export async function enterprisesOfPark(
  store: EnterprisesStore,
  given: ParkArguments,
  field: string,
  page: PageRequest,
): Promise<EnterpriseList> {
  const choice = { parkId: given.parkId, of: chosen(given) };
  return { ...(await store.enterprises.listOfPark(choice, field, page)), counted: choice };
}

function chosen({ sector, size }: ParkArguments): ParkChoice['of'] {
  if (sector != null && size != null) {
    throw new CodedError('BAD_USER_INPUT', 'Give at most one of `sector` and `size`.', {
      details: { arguments: ['sector', 'size'] },
    });
  }
  if (sector != null) return { sector };
  return size == null ? null : { size };
}
