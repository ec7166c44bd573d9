import { STORES, type StoreName } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import type { Template } from '../stack/template.ts';
import type { StackUpdates } from '../stack/updates.ts';
import { LOGICAL_ID_OF_TABLE } from './generation.ts';
import { detachedTemplate, importingTemplate, type RestoredTable } from './stack-templates.ts';

/**
 * Has a stack work on restored tables, in two updates: without its tables, whose places the restored ones take by name;
 * and with the restored ones, which CloudFormation imports. The first is the switch. The tables before stay and belong to
 * no stack, unless the stage keeps no data.
 * @returns the template that the stack had, by which it is to be updated at last
 * @throws CodedError CONFIGURATION where the stack's template lacks its tables: an earlier switch was cut short
 */
export async function switchStack(
  updates: StackUpdates,
  stack: string,
  {
    restored,
    onStep,
  }: {
    readonly restored: Readonly<Record<StoreName, RestoredTable>>;
    readonly onStep: (step: string) => void;
  },
): Promise<Template> {
  const template = await updates.template();
  const tables = new Map(STORES.map((store) => [LOGICAL_ID_OF_TABLE[store], restored[store]]));
  if (template === null || [...tables.keys()].some((id) => template.Resources[id] === undefined)) {
    throw new CodedError(
      'CONFIGURATION',
      `The stack ${stack} lacks its tables: deploy its version again, then repeat.`,
    );
  }
  onStep('Functions, roles and mappings are switched to the restored tables');
  await updates.update(detachedTemplate(template, tables));
  onStep('The restored tables are imported into the stack');
  const taken = Array.from(tables, ([logicalId, { name }]) => ({ logicalId, name }));
  await updates.importTables(importingTemplate(template, tables), taken);
  return template;
}
