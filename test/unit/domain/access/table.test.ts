import { Kind, parse } from 'graphql';
import { SUBGRAPHS, type SubgraphName } from '../../../../src/config.ts';
import { formOf } from '../../../../src/domain/access/decision.ts';
import { type FieldGroup, GUARDED, groupOf } from '../../../../src/domain/access/fields.ts';
import { PURPOSES } from '../../../../src/domain/access/purpose.ts';
import { RELATIONS } from '../../../../src/domain/access/relation.ts';
import type { ViewerKind } from '../../../../src/domain/viewer.ts';
import { readSubgraphSdl } from '../../../../src/subgraph/subgraph-sdl.ts';

const KINDS = Object.keys(PURPOSES) as ViewerKind[];
const GROUPS = Object.keys(GUARDED) as FieldGroup[];
const NAMED = GROUPS.flatMap((group): readonly string[] => GUARDED[group].fields);

interface Field {
  readonly coordinate: string;
  readonly isPublic: boolean;
}

/** The fields of the subgraphs' own SDL; an entity's id is there to name it, wherever it is referred to. */
function fieldsOf(name: SubgraphName): readonly Field[] {
  return parse(readSubgraphSdl('schema', name)).definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION) return [];
    const tagged = (directives: typeof definition.directives) =>
      directives?.some(
        ({ name, arguments: given }) =>
          name.value === 'tag' && given?.some(({ value }) => value.kind === Kind.STRING && value.value === 'public'),
      ) ?? false;
    const isOpenType = tagged(definition.directives);
    return (definition.fields ?? []).map((field) => ({
      coordinate: `${definition.name.value}.${field.name.value}`,
      isPublic: isOpenType || tagged(field.directives),
    }));
  });
}

const FIELDS = SUBGRAPHS.flatMap(fieldsOf);

test('each guarded field is named once, and the schema has it', () => {
  expect(NAMED.filter((name, i) => NAMED.indexOf(name) !== i)).toEqual([]);
  const known = new Set(FIELDS.map(({ coordinate }) => coordinate));
  expect(NAMED.filter((name) => !known.has(name))).toEqual([]);
});

test('a field is public or in the table, and never both', () => {
  const isOpen = new Set(FIELDS.filter(({ isPublic }) => isPublic).map(({ coordinate }) => coordinate));
  expect(NAMED.filter((name) => isOpen.has(name))).toEqual([]);
  // As long as the schema says of no field that it is public, there is nothing to compare.
  if (isOpen.size === 0) return;
  // Mutations are in the table of writes.
  const reads = FIELDS.filter(({ coordinate }) => !coordinate.startsWith('Mutation.'));
  expect(reads.filter((field) => !isOpen.has(field.coordinate) && !groupOf(field.coordinate))).toEqual([]);
});

test('to whom a row is none, nothing of it is shown, whatever the purpose', () => {
  for (const group of GROUPS)
    for (const kind of KINDS)
      for (const purpose of PURPOSES[kind]) expect(formOf(kind, group, 'NONE', purpose)).toBe('HIDDEN');
});

test('hides combinations that the table lacks', () => {
  expect(formOf('analyst', 'applicantName', 'OWN')).toBe('HIDDEN');
  expect(formOf('applicant', 'applicantName', 'toString')).toBe('HIDDEN');
  expect(formOf('officer', 'applicantName', 'HANDLING', 'OWN_DATA')).toBe('HIDDEN');
  expect(formOf('clerk', 'applicantName', 'HANDLING')).toBe('HIDDEN');
});

test('a look in passing opens nobody’s name, number or phone; partners, analysts and admins see nothing of a case', () => {
  for (const group of GROUPS) {
    if (GUARDED[group].row !== 'case') continue;
    for (const kind of KINDS) {
      for (const relation of RELATIONS.case[kind]) {
        if (/^applicant./.test(group)) expect(formOf(kind, group, relation)).not.toBe('FULL');
        if (['anonymous', 'partner', 'analyst', 'admin'].includes(kind)) {
          expect(formOf(kind, group, relation)).toBe('HIDDEN');
        }
      }
    }
  }
});
