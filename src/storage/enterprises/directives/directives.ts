import type { DirectiveAnswer } from '../../../domain/directives/answer.ts';
import type { Directive } from '../../../domain/directives/directive.ts';
import type { Position } from '../../dynamodb/cursor.ts';
import { itemLoader, keyLoader, type Loader } from '../../dynamodb/loader.ts';
import { emptyPage, type Page, type PageRequest, readEntries, readPage, sliceOf } from '../../dynamodb/page.ts';
import type { Table } from '../../dynamodb/table.ts';
import { STALE, type Stale } from '../../dynamodb/transaction.ts';
import { check, put, update, versionIs, type Write } from '../../dynamodb/write.ts';
import { enterpriseIndexes, enterpriseKeys, type PrimaryKey } from '../../tables.ts';
import type { EnterpriseItem } from '../items.ts';
import { openVersionedRecords, type VersionedRecords } from '../versioned-records.ts';
import { answerEntries, type ListPart, type ZoneEntryItem } from '../zone-entries.ts';
import {
  type DirectiveAnswerItem,
  type DirectiveCountsItem,
  type DirectiveItem,
  type DirectiveOfParkItem,
  directiveAnswerItem,
  directiveItem,
  directiveOfParkItems,
} from './items.ts';

/** The name of an answer; `enterpriseId` is null for the office of the park. */
export type AnswerName = Pick<DirectiveAnswer, 'directiveId' | 'parkId' | 'enterpriseId'>;

/** A page of addressees without an answer. */
export interface Outstanding {
  readonly enterprises: readonly EnterpriseItem[];
  /** Null where no addressee follows. */
  readonly endCursor: string | null;
}

export interface Directives {
  readonly byId: Loader<string, DirectiveItem | null>;
  readonly records: VersionedRecords<Directive, DirectiveItem>;
  readonly answers: VersionedRecords<DirectiveAnswer, DirectiveAnswerItem>;
  readonly answerOf: Loader<AnswerName, DirectiveAnswerItem | null>;
  /** Loads the counts of answers to the current version of a directive in a park; null before there is one. */
  countsOf(directive: Directive, parkId: string): Promise<DirectiveCountsItem | null>;
  /** Lists the directives that address a park, newest first. */
  listOfPark(parkId: string, page: PageRequest): Promise<Page<DirectiveItem>>;
  /** Lists the answers of a park's enterprises, by enterprise. */
  answersInPark(directiveId: string, parkId: string, page: PageRequest): Promise<Page<DirectiveAnswerItem>>;
  /** Lists a part of an enterprise's answers, newest directive first. */
  answersOfEnterprise(enterpriseId: string, part: ListPart, page: PageRequest): Promise<Page<DirectiveAnswerItem>>;
  /** Finds addressees in a park that have not answered the current version: at most one Query and one BatchGet. */
  outstanding(directive: Directive, parkId: string, page: AddresseePage): Promise<Outstanding>;
  /** Begins the Query of `outstanding`, which needs no directive: it runs beside the list of directives. */
  readAhead(parkId: string, page: AddresseePage): void;
}

export type AddresseePage = Pick<PageRequest, 'first' | 'after'>;

export function openDirectives(table: Table): Directives {
  const byId = itemLoader<DirectiveItem>(table, 'dir', enterpriseKeys.directive);
  const answerByKey = keyLoader<PrimaryKey, DirectiveAnswerItem>(table, (key) => key);
  const counts = keyLoader<PrimaryKey, DirectiveCountsItem>(table, (key) => key);
  const enterprises = itemLoader<EnterpriseItem>(table, 'ent', enterpriseKeys.enterprise);
  /** The first residents of parks: they are the same for each directive of a list. */
  const firstResidents = new Map<string, Promise<Addressees>>();

  function residentsOf(parkId: string, after: Position | undefined, size: number): Promise<Addressees> {
    if (after) return residentsAfter(table, parkId, after, size);
    const name = `${size} ${parkId}`;
    const known = firstResidents.get(name) ?? residentsAfter(table, parkId, undefined, size);
    firstResidents.set(name, known);
    return known;
  }

  async function outstanding(directive: Directive, parkId: string, page: AddresseePage): Promise<Outstanding> {
    const { size, cursor } = sliceOf(page);
    const binding = {
      field: 'Directive.outstanding',
      arguments: { directiveId: directive.id, parkId },
      owner: table.owner,
    };
    const after = cursor === null ? undefined : table.cursors.read(binding, cursor);
    const { ids, end } =
      directive.audience === 'RESIDENTS'
        ? await residentsOf(parkId, after, size)
        : namedAfter(directive.enterpriseIds, after?.sk?.slice(RESIDENT.length) ?? '', size);
    const [answers, addressed] = await Promise.all([
      answerByKey.loadMany(ids.map((id) => enterpriseKeys.directiveAnswer(directive.id, parkId, id))),
      enterprises.loadMany(ids),
    ]);
    return {
      enterprises: addressed.filter(
        (enterprise, i) => enterprise !== null && answers[i]?.directiveVersion !== directive.version,
      ) as EnterpriseItem[],
      endCursor: end === null ? null : table.cursors.write(binding, { ...enterpriseKeys.resident(parkId, end) }),
    };
  }

  return {
    byId,
    records: openVersionedRecords(table, directiveItem, (before, after) =>
      before ? [] : directiveOfParkItems(after).map((item) => put(item)),
    ),
    answers: openVersionedRecords(table, directiveAnswerItem, (before, after) => [
      check(enterpriseKeys.directive(after.directiveId), {
        when: versionIs(after.directiveVersion),
        otherwise: STALE,
      }),
      ...newEntries(before, after).map((entry) => put<Stale>(entry)),
      ...countWrites(before, after),
    ]),
    answerOf: keyLoader(table, ({ directiveId, parkId, enterpriseId }) =>
      enterpriseKeys.directiveAnswer(directiveId, parkId, enterpriseId),
    ),
    countsOf: ({ id, version }, parkId) => counts.load(enterpriseKeys.directiveCounts(id, parkId, version)),
    listOfPark: (parkId, page) => {
      const { pk, sk } = enterpriseKeys.directiveOfPark(parkId, '');
      return readPage<DirectiveOfParkItem, DirectiveItem>(table, page, {
        range: { partition: pk, sort: { beginsWith: sk }, backwards: true },
        binding: { field: 'Park.directives', arguments: { parkId } },
        nodes: (entries) => byId.loadMany(entries.map(({ directiveId }) => directiveId)),
      });
    },
    answersInPark: (directiveId, parkId, page) =>
      readPage<PrimaryKey, DirectiveAnswerItem>(table, page, {
        range: { index: 'gsi2', partition: enterpriseIndexes.answersInPark(directiveId, parkId, '').gsi2pk },
        binding: { field: 'Directive.answers', arguments: { directiveId, parkId } },
        nodes: (entries) => answerByKey.loadMany(entries),
      }),
    answersOfEnterprise: async (enterpriseId, part, page) => {
      if (part === 'NONE') return emptyPage(page);
      if (part !== 'ALL') {
        const range = { partition: enterpriseId, sort: { beginsWith: answersOfZone(part.zoneId) }, backwards: true };
        return readPage<ZoneEntryItem, DirectiveAnswerItem>(table, page, {
          range,
          binding: { field: 'Enterprise.directiveAnswers', arguments: { enterpriseId, ...part } },
          nodes: (entries) => answerByKey.loadMany(entries.map(({ of }) => of)),
        });
      }
      return readPage<PrimaryKey, DirectiveAnswerItem>(table, page, {
        range: {
          index: 'gsi1',
          partition: enterpriseIndexes.answersOfEnterprise(enterpriseId, '', '').gsi1pk,
          backwards: true,
        },
        binding: { field: 'Enterprise.directiveAnswers', arguments: { enterpriseId } },
        nodes: (entries) => answerByKey.loadMany(entries),
      });
    },
    outstanding,
    readAhead(parkId, page) {
      const read = async () => {
        const { size, cursor } = sliceOf(page);
        if (cursor === null) await residentsOf(parkId, undefined, size);
      };
      // A fault is reported where the residents are needed.
      read().catch(() => undefined);
    },
  };
}

/** Returns the entries of an answer that its version before did not have. */
function newEntries(before: DirectiveAnswerItem | null, after: DirectiveAnswerItem) {
  return answerEntries({ ...after, zoneIds: after.zoneIds.filter((zone) => !before?.zoneIds.includes(zone)) });
}

/** Returns the beginning of the sort keys of a zone's entries. */
function answersOfZone(zone: string): string {
  return enterpriseKeys.answerOfZone('', zone, '', '').sk.slice(0, -1);
}

/** Returns the writes that keep the counts: the answer leaves the state and version that it was in. */
function countWrites(before: DirectiveAnswerItem | null, after: DirectiveAnswerItem): readonly Write<Stale>[] {
  if (after.enterpriseId === null) return [];
  const { directiveId, parkId, directiveVersion } = after;
  const added = (version: number, add: Readonly<Record<string, number>>) =>
    update<Stale>(enterpriseKeys.directiveCounts(directiveId, parkId, version), {
      set: { type: 'DirectiveCounts', directiveId, parkId, directiveVersion: version },
      add: { ...add, changes: 1 },
    });
  if (!before) return [added(directiveVersion, { [after.state]: 1 })];
  if (before.directiveVersion === directiveVersion) {
    return [added(directiveVersion, { [before.state]: -1, [after.state]: 1 })];
  }
  return [added(before.directiveVersion, { [before.state]: -1 }), added(directiveVersion, { [after.state]: 1 })];
}

/** A part of a list of addressees. */
interface Addressees {
  readonly ids: readonly string[];
  /** The last one that was looked at; null at the end of the list. */
  readonly end: string | null;
}

const RESIDENT = enterpriseKeys.resident('', '').sk;

async function residentsAfter(
  table: Table,
  parkId: string,
  after: Position | undefined,
  size: number,
): Promise<Addressees> {
  const range = { partition: enterpriseKeys.resident(parkId, '').pk, sort: { beginsWith: RESIDENT } };
  const { entries, end } = await readEntries<PrimaryKey>(table, range, after, size);
  return {
    ids: entries.map(({ sk }) => sk.slice(RESIDENT.length)),
    end: end?.sk?.slice(RESIDENT.length) ?? null,
  };
}

function namedAfter(ids: readonly string[], after: string, size: number): Addressees {
  const rest = ids.filter((id) => id > after).toSorted();
  const part = rest.slice(0, size);
  return { ids: part, end: (rest.length > size && part.at(-1)) || null };
}
