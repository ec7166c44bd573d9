import * as z from 'zod';
import { CodedError } from '../../errors.ts';
import type { Migration } from '../../storage/migrations/migration.ts';
import type { Template } from '../stack/template.ts';
import { type IndexStep, indexSteps } from './index-steps.ts';

/** The state that a release finds. */
export interface ReleaseState {
  /** The stack's template; null where there is no stack yet. */
  readonly deployed: Template | null;
  readonly packaged: Template;
  /** The version of the stored data; null where there are none. */
  readonly dataVersion: number | null;
  /** All migrations of the packaged version. */
  readonly migrations: readonly Pick<Migration, 'version' | 'name'>[];
}

/** A step of a release. They are carried out in the order of the plan. */
export type ReleaseStep =
  | IndexStep
  | { readonly kind: 'MIGRATE'; readonly from: number; readonly names: readonly string[] }
  | { readonly kind: 'DEPLOY'; readonly added: number; readonly changed: number; readonly removed: number }
  /** For items that functions of the version before have written meanwhile. */
  | { readonly kind: 'MIGRATE_AGAIN'; readonly from: number }
  /** For empty tables: items without a data version would be taken for those of version 1. */
  | { readonly kind: 'STAMP'; readonly version: number };

/** Resources whose loss or replacement would lose data. */
const STATEFUL = ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::SecretsManager::Secret'];
/** Properties of a table whose change makes CloudFormation replace it by an empty one. */
const keys = z.object({ KeySchema: z.unknown(), TableName: z.unknown().optional() });

/**
 * Plans a release: first the new indexes, since the new functions ask them, one of a table in each update; then the
 * migrations, since the new functions read the new items; then functions and all else, with a share of the traffic at
 * first; and last the migrations again.
 * @throws CodedError CONFIGURATION where the release would lose data, or the data are newer than the packaged version
 */
export function planRelease({ deployed, packaged, dataVersion, migrations }: ReleaseState): readonly ReleaseStep[] {
  const newest = 1 + migrations.length;
  if (dataVersion !== null && dataVersion > newest) {
    throw new CodedError(
      'CONFIGURATION',
      `The data have version ${dataVersion}, and this version knows versions up to ${newest}: release the newer one.`,
    );
  }
  const stamp = dataVersion === null ? [{ kind: 'STAMP', version: newest } as const] : [];
  if (deployed === null) return [{ kind: 'DEPLOY', ...differences(packaged, null) }, ...stamp];
  refuseLosses(deployed, packaged);
  const due = dataVersion === null ? [] : migrations.filter(({ version }) => version > dataVersion);
  const migrate = due.length > 0 && dataVersion !== null;
  return [
    ...indexSteps(deployed, packaged),
    ...(migrate ? [{ kind: 'MIGRATE', from: dataVersion, names: due.map(({ name }) => name) } as const] : []),
    { kind: 'DEPLOY', ...differences(packaged, deployed) },
    ...(migrate ? [{ kind: 'MIGRATE_AGAIN', from: dataVersion } as const] : []),
    ...stamp,
  ];
}

function refuseLosses(deployed: Template, packaged: Template): void {
  const lost = Object.entries(deployed.Resources).flatMap(([id, before]) => {
    if (!STATEFUL.includes(before.Type)) return [];
    const after = packaged.Resources[id];
    if (after?.Type !== before.Type) return [id];
    return before.Type === 'AWS::DynamoDB::Table' && textOf(keys, before) !== textOf(keys, after) ? [id] : [];
  });
  if (lost.length > 0) {
    throw new CodedError('CONFIGURATION', `The release would give up or replace ${lost.join(', ')} with their data.`);
  }
}

const textOf = (schema: z.ZodType, resource: Template['Resources'][string]) =>
  JSON.stringify(schema.parse(resource.Properties));

function differences(packaged: Template, deployed: Template | null) {
  const before = deployed?.Resources ?? {};
  const ids = Object.keys(packaged.Resources);
  const isSame = (id: string) => JSON.stringify(before[id]) === JSON.stringify(packaged.Resources[id]);
  return {
    added: ids.filter((id) => !(id in before)).length,
    changed: ids.filter((id) => id in before && !isSame(id)).length,
    removed: Object.keys(before).filter((id) => !(id in packaged.Resources)).length,
  };
}

/** Returns the sentence that tells an operator of a step. */
export function sentenceOf(step: ReleaseStep): string {
  switch (step.kind) {
    case 'INDEXES':
      return `An update of the stack makes ${step.indexes.join(', ')}, and waits until they are filled.`;
    case 'MIGRATE':
      return `The data are migrated from version ${step.from}: ${step.names.join(', ')}.`;
    case 'DEPLOY':
      return `The version is deployed: ${step.added} resources are new, ${step.changed} change, ${step.removed} go. Each alias is shifted by its configuration, and back if an alarm is raised.`;
    case 'MIGRATE_AGAIN':
      return `The migrations after version ${step.from} run again, for what the version before has written meanwhile.`;
    case 'STAMP':
      return `The empty tables get data version ${step.version}.`;
  }
}
