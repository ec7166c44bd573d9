import * as z from 'zod';

/** A restored table that takes the place of one in a stack. */
export interface RestoredTable {
  readonly name: string;
  readonly arn: string;
  /** Undefined for a table without a stream. */
  readonly streamArn: string | undefined;
}

const template = z.looseObject({ Resources: z.record(z.string(), z.looseObject({ Type: z.string() })) });
export type Template = z.infer<typeof template>;

export const parseTemplate = (text: string): Template => template.parse(JSON.parse(text));

type Tables = ReadonlyMap<string, RestoredTable>;

/**
 * Returns a template without the tables of a stack, whose functions, roles and streams' mappings work on restored tables
 * by their names. Deployed, it is the switch. The tables before stay, since they are retained.
 * @param tables the restored tables, by logical id
 */
export function detachedTemplate(of: Template, tables: Tables): Template {
  const resources = Object.entries(of.Resources).filter(([id]) => !tables.has(id));
  return resolved({ ...of, Resources: Object.fromEntries(resources) }, tables) as Template;
}

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
