import { globSync, readFileSync } from 'node:fs';
import { type EnumTypeDefinitionNode, Kind, parse, type TypeNode, visit } from 'graphql';
import { readLookDocuments } from '../../../src/pages/look-documents.ts';
import { VALUE_LABELS } from '../../../src/views/look/values.ts';

const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type));

/** The enums that fields tagged `public` return or take, and those that questions of `/look` show or take. */
function publicEnums(): readonly EnumTypeDefinitionNode[] {
  const enums = new Map<string, EnumTypeDefinitionNode>();
  const used = new Set<string>();
  for (const file of globSync('schema/*/*.graphql', { exclude: ['schema/operations/**', 'schema/partners/**'] })) {
    visit(parse(readFileSync(file, 'utf8')), {
      EnumTypeDefinition: (node) => void enums.set(node.name.value, node),
      FieldDefinition({ type, arguments: taken = [], directives = [] }) {
        const tags = directives.flatMap((directive) => (directive.name.value === 'tag' ? directive.arguments : []));
        const isPublic = tags.some((tag) => tag?.value.kind === Kind.STRING && tag.value.value === 'public');
        if (isPublic) for (const each of [type, ...taken.map((argument) => argument.type)]) used.add(nameOf(each));
      },
    });
  }
  for (const { fields, variables } of readLookDocuments('schema')) {
    for (const { type } of [...Object.values(fields), ...variables]) used.add(type);
  }
  return [...used].flatMap((name) => enums.get(name) ?? []);
}

test('each value of a public enum has a word in three languages', () => {
  const enums = publicEnums();
  expect(enums.length).toBeGreaterThan(40);
  const labels = enums.flatMap(({ name, values = [] }) =>
    values.map((value) => ({
      value: `${name.value}.${value.name.value}`,
      ...VALUE_LABELS[name.value]?.[value.name.value],
    })),
  );
  expect(labels.filter(({ zh, ja, en }) => !zh || !ja || !en).map(({ value }) => value)).toEqual([]);
});
