import {
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { GUARDED } from '../../src/domain/access/fields.ts';
import type { Canary } from './canary.ts';
import { IMPERSONAL } from './impersonal.ts';

/** Types that a text or a number of a person's may be of. */
const SPEAKING: readonly string[] = ['ID', 'String', 'Int', 'Float', 'Decimal', 'Fen'];

/** The guarded fields that could tell something: each must be shown to hold a canary, or say why it needs none. */
export function speakingFields(schema: GraphQLSchema): readonly string[] {
  return Object.values(GUARDED)
    .flatMap(({ fields }): readonly string[] => fields)
    .filter((coordinate) => {
      const [name = '', field = ''] = coordinate.split('.');
      const type = schema.getType(name);
      const given = isObjectType(type) ? type.getFields()[field] : undefined;
      return given !== undefined && SPEAKING.includes(getNamedType(given.type).name);
    });
}

/** Fields without a canary and without a reason; and reasons that no field needs. */
export function uncovered(schema: GraphQLSchema, covered: ReadonlySet<string>): readonly string[] {
  const fields = speakingFields(schema);
  const missing = fields.filter((field) => !covered.has(field) && !(field in IMPERSONAL));
  const idle = Object.keys(IMPERSONAL).filter((field) => !fields.includes(field) || covered.has(field));
  return [...missing.map((field) => `${field}: no canary`), ...idle.map((field) => `${field}: needs no reason`)];
}

/** The coordinates of the fields of an answer in which these canaries stand. */
export function coordinatesOf(
  schema: GraphQLSchema,
  query: string,
  body: string,
  canaries: readonly Canary[],
): Set<string> {
  const document = parse(query, { noLocation: true });
  const found = new Set<string>();
  const { data } = JSON.parse(body);
  const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root || !data) return found;

  const visit = (value: unknown, type: GraphQLNamedType, selections: SelectionSetNode): void => {
    if (Array.isArray(value)) {
      for (const each of value) visit(each, type, selections);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    const record = value as Readonly<Record<string, unknown>>;
    const object = isObjectType(type) ? type : schema.getType(String(record.__typename));
    if (!isObjectType(object)) return;
    for (const selection of selections.selections) {
      if (selection.kind === Kind.FIELD) {
        const field = object.getFields()[selection.name.value];
        const inner = record[selection.alias?.value ?? selection.name.value];
        if (!field || inner == null) continue;
        if (selection.selectionSet) visit(inner, getNamedType(field.type), selection.selectionSet);
        else if (canaries.some(({ text }) => JSON.stringify(inner).includes(text))) {
          found.add(`${object.name}.${field.name}`);
        }
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragmentOf(document, selection.name.value);
      const on = fragment?.typeCondition?.name.value;
      if (fragment && (on === undefined || on === object.name)) visit(value, object, fragment.selectionSet);
    }
  };
  visit(data, root, operation.selectionSet);
  return found;
}

function fragmentOf(document: DocumentNode, name: string) {
  return document.definitions.find((each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name) as
    | Extract<DocumentNode['definitions'][number], { kind: Kind.FRAGMENT_DEFINITION }>
    | undefined;
}
