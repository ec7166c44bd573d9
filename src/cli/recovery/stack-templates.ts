import * as z from 'zod';
import { parseTemplate, type Template } from '../stack/template.ts';

/** A restored table that takes the place of one in a stack. */
export interface RestoredTable {
  readonly name: string;
  readonly arn: string;
  /** Undefined for a table without a stream. */
  readonly streamArn: string | undefined;
}

type Tables = ReadonlyMap<string, RestoredTable>;

/**
 * Returns a template without the tables of a stack, whose functions, roles and streams' mappings work on restored tables
 * by their names. Deployed, it is the switch. The tables before stay, since they are retained.
 * @param tables the restored tables, by logical id
 */
export function detachedTemplate(of: Template, tables: Tables): Template {
  const resources = Object.entries(of.Resources)
    .filter(([id]) => !tables.has(id))
    .map(([id, resource]) => [id, withoutShift(resource)]);
  return republished(resolved({ ...of, Resources: Object.fromEntries(resources) }, tables) as Template);
}

/** Drops the gradual shift of an alias: no share of the traffic may stay on the tables before. */
function withoutShift({ UpdatePolicy, ...resource }: Template['Resources'][string]): object {
  return resource;
}

/**
 * Publishes the functions' versions anew: a version keeps the environment that it was published with. A description makes
 * the functions differ from those of the stack's own template, since Lambda publishes no version without a change.
 */
function republished(template: Template): Template {
  const versions = Object.entries(template.Resources).filter(([, { Type }]) => Type === 'AWS::Lambda::Version');
  const names = new Set(versions.map(([, { Properties }]) => versionProperties.parse(Properties).FunctionName.Ref));
  const described = Object.entries(template.Resources).map(([id, resource]) => [
    id,
    names.has(id)
      ? { ...resource, Properties: { ...Object(resource.Properties), Description: 'Works on restored tables' } }
      : resource,
  ]);
  const text = versions.reduce(
    (made, [id]) => made.replaceAll(`"${id}"`, `"${id}Restored"`),
    JSON.stringify({ ...template, Resources: Object.fromEntries(described) }),
  );
  return parseTemplate(text);
}

const versionProperties = z.looseObject({ FunctionName: z.object({ Ref: z.string() }) });

/** Returns the detached template with the tables again, by which CloudFormation imports the restored ones. */
export function importingTemplate(of: Template, tables: Tables): Template {
  const detached = detachedTemplate(of, tables);
  const taken = Object.entries(of.Resources).filter(([id]) => tables.has(id));
  return { ...detached, Resources: { ...detached.Resources, ...Object.fromEntries(taken) } };
}

/** Replaces each reference to a table by what it stands for. */
function resolved(value: unknown, tables: Tables): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => resolved(each, tables));
  const entries = Object.entries(value);
  if (entries.length === 1) {
    const [[name = '', argument]] = entries as [[string, unknown]];
    const found = referenceOf(name, argument, tables);
    if (found !== undefined) return found;
  }
  return Object.fromEntries(
    entries.map(([name, each]) => [name, name === 'DependsOn' ? others(each, tables) : resolved(each, tables)]),
  );
}

function referenceOf(name: string, argument: unknown, tables: Tables): unknown {
  if (name === 'Ref') return tables.get(String(argument))?.name;
  if (name === 'Fn::GetAtt') {
    const [id = '', attribute = ''] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
    return attributeOf(tables.get(id), attribute);
  }
  if (name !== 'Fn::Sub' || typeof argument !== 'string') return undefined;
  const text = argument.replace(/\$\{(\w+)(?:\.(\w+))?\}/g, (whole, id: string, attribute: string | undefined) =>
    attribute === undefined ? (tables.get(id)?.name ?? whole) : (attributeOf(tables.get(id), attribute) ?? whole),
  );
  return text.includes('${') ? { 'Fn::Sub': text } : text;
}

function attributeOf(table: RestoredTable | undefined, attribute: string): string | undefined {
  return attribute === 'StreamArn' ? table?.streamArn : table?.arn;
}

/** Returns what is left of the ids that a resource depends on. */
function others(ids: unknown, tables: Tables): unknown {
  return [ids].flat().filter((id) => !tables.has(String(id)));
}
