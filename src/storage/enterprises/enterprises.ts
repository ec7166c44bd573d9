import type { Sector, SizeClass } from '../../domain/enterprises/industry.ts';
import { firstCharacters, type SearchedName } from '../../domain/enterprises/name-search.ts';
import { itemLoader, keyLoader, type Loader } from '../dynamodb/loader.ts';
import { type Page, type PageRequest, readPage } from '../dynamodb/page.ts';
import type { KeyRange } from '../dynamodb/read.ts';
import type { Table } from '../dynamodb/table.ts';
import { enterpriseIndexes, enterpriseKeys, type PrimaryKey } from '../tables.ts';
import {
  CARD_ATTRIBUTES,
  type EnterpriseCard,
  type EnterpriseItem,
  type EnterpriseNameItem,
  type UsccItem,
} from './items.ts';

export interface Enterprises {
  readonly byId: Loader<string, EnterpriseItem | null>;
  readonly byUscc: Loader<string, EnterpriseItem | null>;
  /**
   * Lists the residents of a park by id; only those of one sector or one size class where given.
   * @param field the field of the list, e.g. `Park.enterprises`, which its cursors belong to
   */
  listOfPark(choice: ParkChoice, field: string, request: ListRequest): Promise<Page<EnterpriseCard>>;
  /** Lists all enterprises of a sector, by id. */
  listOfSector(sector: Sector, request: ListRequest): Promise<Page<EnterpriseCard>>;
  /**
   * Lists the enterprises whose names begin with a text, by name.
   * @param beginning the language of the names, and the text as it is compared, of at least `MIN_CHARACTERS`
   */
  listByName(beginning: SearchedName, page: PageRequest): Promise<Page<EnterpriseItem>>;
}

export interface ListRequest {
  readonly page: PageRequest;
  /** True where nothing but the cards is read; else the nodes are whole items. */
  readonly isOfCards: boolean;
}

export interface ParkChoice {
  readonly parkId: string;
  readonly of: { readonly sector: Sector } | { readonly size: SizeClass } | null;
}

export function openEnterprises(table: Table): Enterprises {
  const byId = itemLoader<EnterpriseItem>(table, 'ent', enterpriseKeys.enterprise);
  const cards = keyLoader<string, EnterpriseCard>(table, enterpriseKeys.enterprise, CARD_ATTRIBUTES);
  const usccs = keyLoader<string, UsccItem>(table, enterpriseKeys.uscc);
  const loadByUscc = async (code: string) => {
    const found = await usccs.load(code);
    return found && byId.load(found.enterpriseId);
  };
  return {
    byId,
    byUscc: { load: loadByUscc, loadMany: (codes) => Promise.all(codes.map(loadByUscc)) },
    listOfPark: ({ parkId, of }, field, { page, isOfCards }) =>
      readPage<PrimaryKey, EnterpriseCard>(table, page, {
        range: residents(parkId, of),
        binding: { field, arguments: { parkId, ...of } },
        nodes: (entries) => (isOfCards ? cards : byId).loadMany(entries.map(({ sk }) => sk.slice(RESIDENT.length))),
      }),
    listOfSector: (sector, { page, isOfCards }) =>
      readPage<PrimaryKey, EnterpriseCard>(table, page, {
        range: { index: 'gsi1', partition: enterpriseIndexes.enterprisesOfSector(sector, '').gsi1pk },
        binding: { field: 'Query.enterprises', arguments: { sector } },
        nodes: (entries) => (isOfCards ? cards : byId).loadMany(entries.map(({ pk }) => pk)),
      }),
    listByName: ({ locale, text }, page) =>
      readPage<EnterpriseNameItem, EnterpriseItem>(table, page, {
        range: {
          partition: enterpriseKeys.enterpriseName(locale, firstCharacters(text) ?? '', '', '').pk,
          sort: { beginsWith: text },
        },
        binding: { field: 'Query.enterprisesByName', arguments: { locale, text } },
        nodes: (entries) => byId.loadMany(entries.map(({ enterpriseId }) => enterpriseId)),
      }),
  };
}

const RESIDENT = enterpriseKeys.resident('', '').sk;

function residents(parkId: string, of: ParkChoice['of']): KeyRange {
  if (!of) return { partition: enterpriseKeys.resident(parkId, '').pk, sort: { beginsWith: RESIDENT } };
  return 'sector' in of
    ? { index: 'gsi1', partition: enterpriseIndexes.residentsOfSector(parkId, of.sector, '').gsi1pk }
    : { index: 'gsi2', partition: enterpriseIndexes.residentsOfSize(parkId, of.size, '').gsi2pk };
}
