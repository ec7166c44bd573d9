import { LRUCache } from 'lru-cache';
import { isIdOf } from '../../../domain/ids.ts';
import type { Dynamo } from '../../dynamodb/client/dynamo.ts';
import { createLoader, itemLoader, type Loader } from '../../dynamodb/loader.ts';
import { type Page, type PageRequest, readPage } from '../../dynamodb/page.ts';
import { type KeyRange, readItem, readRange } from '../../dynamodb/read.ts';
import { ownWrites } from '../../dynamodb/send.ts';
import type { Table } from '../../dynamodb/table.ts';
import { type PrimaryKey, talentIndexes, talentKeys } from '../../tables.ts';
import type { DocumentVersionItem } from '../documents/items.ts';
import type {
  ApplicantCaseItem,
  CaseChildItem,
  CaseDocumentItem,
  CaseEventItem,
  CaseItem,
  DeadlineNoticeItem,
  DueItem,
  OpinionItem,
  ReceiptItem,
  WorkItem,
} from '../items.ts';
import type { CasePlaceItem } from '../places/items.ts';

/** The contents of one case's partition. */
export interface CaseFile {
  readonly case: CaseItem;
  /** Oldest first. */
  readonly events: readonly CaseEventItem[];
  /** By code. */
  readonly documents: readonly CaseDocumentItem[];
  /** Files of documents, by document and version. */
  readonly versions: readonly DocumentVersionItem[];
  /** By agency. */
  readonly opinions: readonly OpinionItem[];
  readonly child: CaseChildItem | null;
  /** The place of a facility that it has or had. */
  readonly place: CasePlaceItem | null;
  /** Notices of its clocks, oldest first. */
  readonly notices: readonly DeadlineNoticeItem[];
  /** The next due event. */
  readonly due: DueItem | null;
  /** Its work items in agencies' lists. */
  readonly work: readonly WorkItem[];
}

/** The part of a case's file that a phone shows. */
export type CaseFileStart = Pick<CaseFile, 'case' | 'events' | 'documents'>;

export interface Cases {
  /** Loads cases without their files: one BatchGet for many. */
  readonly byId: Loader<string, CaseItem | null>;
  /** Loads a case with its file: one Query, once per request. */
  readonly fileOf: Loader<string, CaseFile | null>;
  /**
   * Loads the first part of a case's file, two thirds of it: one Query, once per request. If the whole file was asked for
   * before, it is that.
   * @param begins true where a request that needs no more begins to read; else the whole file is read if nothing is yet
   */
  startOf(id: string, begins?: boolean): Promise<CaseFileStart | null>;
  /** Returns the id of the case with a receipt number: one Get, once for each of a process's last ones. */
  idOfReceipt(receiptNumber: string): Promise<string | null>;
  /** Lists the cases of an applicant, last opened first. */
  listOfApplicant(person: string, page: PageRequest): Promise<Page<CaseItem>>;
  /** Lists the one case of a case holder. */
  listOfHolder(caseId: string, page: PageRequest): Promise<Page<CaseItem>>;
  /** Lists a park's cases that a zone handles, last opened first; only those in one state where given. */
  listOfPark(
    where: { readonly zone: string; readonly park: string },
    state: CaseItem['course']['state'] | null,
    page: PageRequest,
  ): Promise<Page<CaseItem>>;
  /** Lists the cases of an enterprise's staff that a zone handles, last opened first. */
  listOfEnterprise(
    where: { readonly zone: string; readonly enterprise: string },
    page: PageRequest,
  ): Promise<Page<CaseItem>>;
  /** Lists the cases in which the enterprise takes part as the employer, last opened first. */
  listOfEmployer(enterprise: string, page: PageRequest): Promise<Page<CaseItem>>;
}

/** Receipt numbers whose cases a process remembers: the last ones that were asked for. */
const MAX_RECEIPTS = 10_000;

/** The ids of cases by receipt number, which never change, by connection and table. They tell nothing of a person. */
const knownReceipts = new WeakMap<Dynamo, LRUCache<string, string>>();

function receiptsOf({ dynamo }: Table): LRUCache<string, string> {
  const known = knownReceipts.get(dynamo) ?? new LRUCache({ max: MAX_RECEIPTS });
  knownReceipts.set(dynamo, known);
  return known;
}

export function openCases(table: Table): Cases {
  const byId = itemLoader<CaseItem>(table, 'case', talentKeys.case);
  // Items read before the request's own write are read again.
  const since = (id: string) => `${ownWrites(table)} ${id}`;
  const files = createLoader((ids: readonly string[]) => Promise.all(ids.map((id) => readFile(table, id))), since);
  const starts = createLoader((ids: readonly string[]) => Promise.all(ids.map((id) => readStart(table, id))), since);
  const begun = new Set<string>();
  const list = (field: string, given: Record<string, string | null>, range: KeyRange, page: PageRequest) =>
    readPage<PrimaryKey, CaseItem>(table, page, {
      range: { ...range, backwards: true },
      binding: { field, arguments: given },
      nodes: (keys) => byId.loadMany(keys.map(({ pk }) => pk)),
    });
  return {
    byId,
    fileOf: files,
    startOf(id, begins = false) {
      if (begins) begun.add(since(id));
      return begun.has(since(id)) ? starts.load(id) : files.load(id);
    },
    async idOfReceipt(receiptNumber) {
      if (receiptNumber === '') return null;
      const name = `${table.name} ${receiptNumber}`;
      const known = receiptsOf(table).get(name);
      if (known !== undefined) return known;
      const found = await readItem<ReceiptItem>(table, talentKeys.receipt(receiptNumber));
      if (found) receiptsOf(table).set(name, found.caseId);
      return found?.caseId ?? null;
    },
    listOfPark: ({ zone, park }, state, page) => {
      const range: KeyRange = state
        ? { index: 'gsi2', partition: talentIndexes.casesInState(zone, park, state, '').gsi2pk }
        : { index: 'gsi1', partition: talentIndexes.casesOfPark(zone, park, '').gsi1pk };
      return list('Park.cases', { zone, park, state }, range, page);
    },
    listOfApplicant: (person, page) => {
      const range: KeyRange = { index: 'gsi1', partition: talentIndexes.casesOfApplicant(person, '').gsi1pk };
      return list('Query.myCases', {}, range, page);
    },
    listOfHolder: (caseId, page) => {
      const { pk, sk } = talentKeys.case(caseId);
      return readPage<PrimaryKey, CaseItem>(table, page, {
        range: { partition: pk, sort: { from: sk, to: sk } },
        binding: { field: 'Query.myCases', arguments: {} },
        nodes: (items) => items as readonly CaseItem[],
      });
    },
    listOfEnterprise: ({ zone, enterprise }, page) => {
      const range: KeyRange = {
        index: 'gsi3',
        partition: talentIndexes.casesOfEnterprise(zone, enterprise, '').gsi3pk,
      };
      return list('Enterprise.cases', { zone, enterprise }, range, page);
    },
    listOfEmployer: (enterprise, page) => {
      const range: KeyRange = { index: 'gsi4', partition: talentIndexes.casesOfEmployer(enterprise, '').gsi4pk };
      return list('Enterprise.cases', { enterprise }, range, page);
    },
  };
}

type FileItem =
  | CaseItem
  | CaseEventItem
  | CaseDocumentItem
  | DocumentVersionItem
  | OpinionItem
  | CaseChildItem
  | CasePlaceItem
  | ApplicantCaseItem
  | WorkItem
  | DueItem
  | DeadlineNoticeItem;

/** Compares notices by their instant; of the same instant, the earlier due day comes first. */
function byTime(a: DeadlineNoticeItem, b: DeadlineNoticeItem): number {
  return `${a.at}${a.dueOn}` < `${b.at}${b.dueOn}` ? -1 : 1;
}

/** Reads the first part of a case's file; null where there is no case. */
async function readStart(table: Table, id: string): Promise<CaseFileStart | null> {
  if (!isIdOf('case', id)) return null;
  const items = await readRange<FileItem>(table, {
    partition: id,
    sort: { from: talentKeys.case(id).sk, to: talentKeys.behindEvents(id).sk },
  });
  const head = items.find((item) => item.type === 'TalentCase');
  return head ? { case: head, ...startOf(items) } : null;
}

function startOf(items: readonly FileItem[]) {
  return {
    events: items.filter((item) => item.type === 'CaseEvent'),
    documents: items.filter((item) => item.type === 'CaseDocument'),
  };
}

/** Reads a case with its file; null where there is none. */
export async function readFile(
  table: Table,
  id: string,
  options: { readonly consistent?: boolean } = {},
): Promise<CaseFile | null> {
  if (!isIdOf('case', id)) return null;
  const items = await readRange<FileItem>(table, { partition: id, ...options });
  const head = items.find((item) => item.type === 'TalentCase');
  if (!head) return null;
  return {
    case: head,
    ...startOf(items),
    versions: items.filter((item) => item.type === 'DocumentVersion'),
    opinions: items.filter((item) => item.type === 'Opinion'),
    child: items.find((item) => item.type === 'CaseChild') ?? null,
    place: items.find((item) => item.type === 'CasePlace') ?? null,
    notices: items.filter((item) => item.type === 'DeadlineNotice').toSorted(byTime),
    due: items.find((item) => item.type === 'Due') ?? null,
    work: items.filter((item) => item.type === 'Work'),
  };
}
