import * as z from 'zod';
import type { Template } from '../stack/template.ts';

/** An update of the stack that makes new indexes, at most one of each table. */
export interface IndexStep {
  readonly kind: 'INDEXES';
  /** Tables' logical ids and indexes, e.g. `TalentTable.gsi4`. */
  readonly indexes: readonly string[];
  /** The template of the update: the deployed one with these indexes. */
  readonly template: Template;
}

const index = z.looseObject({
  IndexName: z.string(),
  KeySchema: z.array(z.looseObject({ AttributeName: z.string() })),
});
const attribute = z.object({ AttributeName: z.string(), AttributeType: z.string() });
const tableProperties = z.looseObject({
  AttributeDefinitions: z.array(attribute),
  GlobalSecondaryIndexes: z.array(index).default([]),
});
type TableProperties = z.infer<typeof tableProperties>;

/**
 * Returns the updates that make the indexes which the deployed tables lack. DynamoDB makes one index of a table at a time,
 * and CloudFormation refuses an update with more.
 */
export function indexSteps(deployed: Template, packaged: Template): readonly IndexStep[] {
  const steps: IndexStep[] = [];
  let template = deployed;
  for (;;) {
    const made: string[] = [];
    const Resources = { ...template.Resources };
    for (const [id, resource] of Object.entries(template.Resources)) {
      const wanted = packaged.Resources[id];
      if (resource.Type !== 'AWS::DynamoDB::Table' || wanted === undefined) continue;
      const next = withNextIndex(tableProperties.parse(resource.Properties), tableProperties.parse(wanted.Properties));
      if (next === null) continue;
      made.push(`${id}.${next.name}`);
      Resources[id] = { ...resource, Properties: next.properties };
    }
    if (made.length === 0) return steps;
    template = { ...template, Resources };
    steps.push({ kind: 'INDEXES', indexes: made, template });
  }
}

function withNextIndex(has: TableProperties, wants: TableProperties) {
  const known = new Set(has.GlobalSecondaryIndexes.map(({ IndexName }) => IndexName));
  const next = wants.GlobalSecondaryIndexes.find(({ IndexName }) => !known.has(IndexName));
  if (next === undefined) return null;
  const defined = new Set(has.AttributeDefinitions.map(({ AttributeName }) => AttributeName));
  const used = new Set(next.KeySchema.map(({ AttributeName }) => AttributeName));
  const further = wants.AttributeDefinitions.filter(
    ({ AttributeName }) => used.has(AttributeName) && !defined.has(AttributeName),
  );
  const properties = {
    ...has,
    AttributeDefinitions: [...has.AttributeDefinitions, ...further],
    GlobalSecondaryIndexes: [...has.GlobalSecondaryIndexes, next],
  };
  return { name: next.IndexName, properties };
}
