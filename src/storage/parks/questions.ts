import type { QuestionBinding } from '../../domain/access/write-relation.ts';
import type { SavedQuestion } from '../../domain/questions/saved-question.ts';
import { keyLoader, type Loader } from '../dynamodb/loader.ts';
import { type Page, type PageRequest, readPage } from '../dynamodb/page.ts';
import { countRange, readItem } from '../dynamodb/read.ts';
import type { Table } from '../dynamodb/table.ts';
import { isStorable, type PrimaryKey, parkIndexes, parkKeys } from '../tables.ts';
import { type QuestionItem, questionList } from './items.ts';

/** Saved questions. Reads don't ask who may see them: the resolvers do. */
export interface Questions {
  readonly byId: Loader<string, QuestionItem | null>;
  /** Returns an earlier version of a question; null where there is none. */
  version(id: string, version: number): Promise<SavedQuestion | null>;
  /** Lists the questions of one list by id, so that those of a caller come in the order in which they were first saved. */
  list(of: QuestionBinding, page: PageRequest): Promise<Page<QuestionItem>>;
  /** Counts the questions of one list, as far as a limit. The index may lack what was saved in the last moments. */
  count(of: QuestionBinding, limit: number): Promise<number>;
}

export function openQuestions(table: Table): Questions {
  return {
    byId: keyLoader<string, QuestionItem>(table, parkKeys.question),
    async version(id, version) {
      const key = parkKeys.recordVersion(parkKeys.question(id), version);
      if (!isStorable(key)) return null;
      const item = await readItem<PrimaryKey & { readonly facts: SavedQuestion }>(table, key);
      return item?.facts ?? null;
    },
    list: (of, page) =>
      readPage<QuestionItem, QuestionItem>(table, page, {
        range: { index: 'gsi1', partition: parkIndexes.questions(questionList(of), '').gsi1pk },
        binding: { field: 'Query.savedQuestions', arguments: { audience: of.audience } },
        nodes: (questions) => questions,
      }),
    count: (of, limit) =>
      countRange(table, { index: 'gsi1', partition: parkIndexes.questions(questionList(of), '').gsi1pk }, limit),
  };
}
