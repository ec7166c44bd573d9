import type { Project } from '../../domain/projects/project.ts';
import { itemLoader, type Loader } from '../dynamodb/loader.ts';
import { type Page, type PageRequest, readPage } from '../dynamodb/page.ts';
import type { Table } from '../dynamodb/table.ts';
import { enterpriseIndexes, enterpriseKeys, type PrimaryKey } from '../tables.ts';
import type { ProjectItem } from './items.ts';
import { projectItem } from './make-items.ts';
import { openVersionedRecords, type VersionedRecords } from './versioned-records.ts';

export interface Projects {
  readonly byId: Loader<string, ProjectItem | null>;
  readonly records: VersionedRecords<Project, ProjectItem>;
  /** Lists the projects of a park by id; only those in one stage where given. */
  listOfPark(parkId: string, stage: ProjectItem['stage'] | null, page: PageRequest): Promise<Page<ProjectItem>>;
}

export function openProjects(table: Table): Projects {
  const byId = itemLoader<ProjectItem>(table, 'proj', enterpriseKeys.project);
  return {
    byId,
    records: openVersionedRecords(table, projectItem),
    listOfPark: (parkId, stage, page) =>
      readPage<PrimaryKey, ProjectItem>(table, page, {
        range: stage
          ? { index: 'gsi2', partition: enterpriseIndexes.projectsInStage(parkId, stage, '').gsi2pk }
          : { index: 'gsi1', partition: enterpriseIndexes.projectsOfPark(parkId, '').gsi1pk },
        binding: { field: 'Park.projects', arguments: { parkId, stage } },
        nodes: (entries) => byId.loadMany(entries.map(({ pk }) => pk)),
      }),
  };
}
