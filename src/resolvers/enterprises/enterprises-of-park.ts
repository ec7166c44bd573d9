import type { GraphQLResolveInfo } from 'graphql';
import type { Sector, SizeClass } from '../../domain/enterprises/industry.ts';
import { CodedError } from '../../errors.ts';
import type { Page, PageRequest } from '../../storage/dynamodb/page.ts';
import type { ListRequest, ParkChoice } from '../../storage/enterprises/enterprises.ts';
import type { EnterpriseCard, EnterpriseItem } from '../../storage/enterprises/items.ts';
import type { EnterprisesStore } from '../../storage/enterprises/store.ts';
import { CONNECTION_FIELDS, selectsOnly } from '../../subgraph/arguments.ts';
import type { EnterpriseList } from './parents.ts';

const CARD_FIELDS = [...CONNECTION_FIELDS, 'id', 'uscc', 'name', 'industryCode', 'sector', 'sizeClass'];
const showsCards = selectsOnly(new Set(CARD_FIELDS));

/** Returns what to read of a list's enterprises: their cards where its selections name no field beside them. */
export function listRequest(page: PageRequest, info: GraphQLResolveInfo): ListRequest {
  return { page, isOfCards: showsCards(info) };
}

/** Returns a page as the resolvers of enterprises take it: those of fields beside the cards read whole items only. */
export function listOf(page: Page<EnterpriseCard>, counted: ParkChoice | null): EnterpriseList {
  return { ...(page as Page<EnterpriseItem>), counted };
}

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
  request: ListRequest,
): Promise<EnterpriseList> {
  const choice = { parkId: given.parkId, of: chosen(given) };
  return listOf(await store.enterprises.listOfPark(choice, field, request), choice);
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
