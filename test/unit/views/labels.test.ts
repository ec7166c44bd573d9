/** Headings and words of the tables of `/look` and the explorer, in three languages. */
import { globSync, readFileSync } from 'node:fs';
import { loadSupergraph, parseManifest } from '@bridgehead/federation';
import { type EnumTypeDefinitionNode, isEnumType, Kind, parse, type TypeNode, visit } from 'graphql';
import { fieldsOf } from '../../../src/documents/look-shape.ts';
import { LOCALES, type Locale } from '../../../src/domain/locale.ts';
import type { LookDocument } from '../../../src/domain/questions/look-document.ts';
import { readLookDocuments } from '../../../src/pages/look-documents.ts';
import { hasLabel, labelOf } from '../../../src/views/look/labels.ts';
import { lookTables } from '../../../src/views/look/tables.ts';
import { VALUE_LABELS } from '../../../src/views/look/values.ts';

const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type));

/** The names of the enums that fields tagged `public` return or take, and that variables of `/look` have. */
function publicEnums(): readonly string[] {
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
  for (const { variables } of readLookDocuments('schema')) for (const { type } of variables) used.add(type);
  return [...used].filter((name) => enums.has(name));
}

const { apiSchema: schema } = loadSupergraph(readFileSync('schema/supergraph.graphql', 'utf8'));
const { operations } = parseManifest(readFileSync('schema/operations/manifest.json', 'utf8'));
/** The shipped queries with their fields by path. */
const QUERIES = operations.flatMap(({ name, body }) => {
  const document = parse(body);
  const [operation] = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  return operation?.operation === 'query' ? [{ name, fields: fieldsOf(document, operation, schema) }] : [];
});
const FIELDS = QUERIES.flatMap(({ name: query, fields }) =>
  Object.entries(fields).map(([path, field]) => ({ query, path, ...field })),
);
const lastOf = (path: string) => path.split('.').at(-1) ?? '';
const headingOf = (path: string, locale: Locale, type?: string) =>
  labelOf(lastOf(path), locale, type, path.split('.').at(-2));
const HAN_OR_KANA = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

test('each value of an enum that is public or in a shipped query has a word in three languages', () => {
  const names = new Set([...publicEnums(), ...FIELDS.map(({ type }) => type)]);
  const enums = [...names].map((name) => schema.getType(name)).filter(isEnumType);
  expect(enums.length).toBeGreaterThan(80);
  const labels = enums.flatMap((type) =>
    type.getValues().map(({ name }) => ({ value: `${type.name}.${name}`, ...VALUE_LABELS[type.name]?.[name] })),
  );
  expect(labels.filter(({ zh, ja, en }) => !zh || !ja || !en).map(({ value }) => value)).toEqual([]);
});

test('each field of a shipped query has a heading in three languages', () => {
  expect(QUERIES.length).toBeGreaterThan(45);
  const names = new Set(FIELDS.flatMap(({ path, name }) => [lastOf(path), name]));
  expect([...names].filter((name) => !hasLabel(name))).toEqual([]);
  const headings = FIELDS.flatMap(({ path, type }) =>
    LOCALES.map((locale) => ({ path, locale, heading: headingOf(path, locale, type) })),
  );
  const foreign = headings.filter(({ locale, heading }) =>
    locale === 'EN' ? heading === '' || HAN_OR_KANA.test(heading) : !HAN_OR_KANA.test(heading) && heading !== 'ID',
  );
  expect(foreign).toEqual([]);
});

test('no two fields beside each other have one heading', () => {
  const alike = QUERIES.flatMap(({ name: query, fields }) => {
    const paths = Object.keys(fields);
    const shown = paths.filter((path) => !paths.includes(`${path}Label`));
    return LOCALES.flatMap((locale) => {
      const outer = (path: string) => path.split('.').slice(0, -1).join('.');
      const beside = Map.groupBy(shown, (path) => `${outer(path)}: ${headingOf(path, locale, fields[path]?.type)}`);
      return [...beside.values()].filter(({ length }) => length > 1).map((same) => [query, ...same]);
    });
  });
  expect(alike).toEqual([]);
});

function askedBy(query: string): LookDocument {
  const fields = QUERIES.find(({ name }) => name === query)?.fields ?? {};
  return { name: query, id: '', description: null, variables: [], enums: {}, fields };
}

test('a list of values is one column, where it is empty too', () => {
  const nodes = [
    { version: 1, differences: [] },
    { version: 2, differences: ['LED_BY', 'RELIEVES'] },
  ];
  const tables = lookTables({ zone: { relocations: { nodes } } }, askedBy('ZoneRelocations'), 'ZH');
  expect(tables.map(({ columns }) => columns.map(({ label }) => label))).toEqual([['版本', '双方不一致之处']]);
  expect(tables[0]?.rows.map((row) => row[1]?.text)).toEqual(['–', '主导方、疏解的功能']);
  const [empty] = lookTables({ zone: { relocations: { nodes: [] } } }, askedBy('ZoneRelocations'), 'ZH');
  expect(empty?.label).toBe('功能区 · 企业迁移');
});

test('a person has a person’s name, and an event a heading of its own', () => {
  const timeline = [{ sequence: 1, label: '受理' }];
  const answer = { case: { applicant: { name: '张*' }, decision: { approved: true, label: '准予' }, timeline } };
  const [values, events] = lookTables(answer, askedBy('CaseScreen'), 'ZH');
  const headings = values?.rows.map(([name]) => name?.text);
  expect(headings).toEqual(['申请人 · 姓名', '决定 · 是否准予', '决定 · 结果']);
  expect(events?.columns.map(({ label }) => label)).toEqual(['顺序', '内容']);
});

describe('the tables of a case', () => {
  const documents = [{ code: 'degree', name: '学位证书', status: 'CHECKED', statusLabel: '已核对' }];
  const outcome = { permitNumber: '示例-1', validTo: '2026-10-09' };
  const answer = { case: { waitingOn: 'AGENCY', waitingOnLabel: '等待受理机关', outcome, documents } };
  const [values, list] = lookTables(answer, askedBy('CaseScreen'), 'ZH');

  test('shows a code once where its words are beside it', () => {
    expect(list?.columns.map(({ label }) => label)).toEqual(['名称', '代码', '状态']);
    expect(values?.rows.map((row) => row.map(({ text }) => text))).toContainEqual(['等待方', '等待受理机关']);
    expect(values?.rows.flat().map(({ text }) => text)).not.toContain('等待方 · 等待受理机关');
    expect(values?.rows).toHaveLength(3);
  });

  test('knows the types of what one member of a union has', () => {
    expect(values?.rows.map((row) => row.map(({ text }) => text))).toContainEqual([
      '办理结果 · 失效日期',
      '2026年10月9日',
    ]);
  });
});
