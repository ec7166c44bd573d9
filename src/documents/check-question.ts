import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIMITS, loadSupergraph, measureLimits, noIncrementalDelivery, staticLimits } from '@bridgehead/federation';
import { type DocumentNode, Kind, parse, specifiedRules, validate, visit } from 'graphql';
import { config } from '../config.ts';
import { isPersonal } from '../domain/questions/personal-text.ts';
import type { CheckedQuestion } from '../domain/questions/saved-question.ts';
import { lookShape } from './look-shape.ts';
import { personalInputs, takesInput } from './personal-input.ts';
import { publicDocuments } from './public-documents.ts';

type Values = Readonly<Record<string, unknown>>;

/** The parts of the composed schema by which texts are checked. Loaded with the first check, since few instances make one. */
let loaded: ReturnType<typeof load> | undefined;

function load() {
  const supergraph = loadSupergraph(readFileSync(join(config().schemaDir, 'supergraph.graphql'), 'utf8'));
  return { supergraph, subgraphsOf: publicDocuments(supergraph), personal: personalInputs(supergraph.tags) };
}

const holdStaticLimits = staticLimits(LIMITS);

/**
 * Checks the text and the variables of a question that is to be saved. Only a public one is compared with the schema: else
 * the answer would tell a caller which fields exist that they don't see.
 * @param variables JSON
 */
export function checkQuestion(query: string, variables: string): CheckedQuestion {
  const hash = createHash('sha256').update(query).digest('hex');
  const refused = (field: 'query' | 'variables', message: string): CheckedQuestion => ({
    hash,
    fault: { field, message },
    published: { fault: message },
    shape: null,
  });
  const values = objectIn(variables);
  if (!values) return refused('variables', 'Variables are a JSON object.');
  const document = parsed(query);
  if (!document) return refused('query', 'This is no GraphQL document within the limits of a request.');
  const [operation, ...others] = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (operation?.operation !== 'query' || others.length > 0) return refused('query', 'A question is one query.');
  loaded ??= load();
  const { supergraph, subgraphsOf, personal } = loaded;
  if (textsIn(document).some(isPersonal)) return refused('query', NOT_PERSONAL);
  if (stringsIn(values).some(isPersonal)) return refused('variables', NOT_PERSONAL);
  if (takesInput(document, supergraph.apiSchema, personal)) return refused('query', NOT_PERSONAL);
  const isValid = validate(supergraph.apiSchema, document, RULES, { maxErrors: 1 }).length === 0;
  const shown =
    isValid && subgraphsOf(document) ? lookShape(document, operation, supergraph.apiSchema, values) : undefined;
  const shape = shown ? JSON.stringify(shown) : null;
  if (shape === null) return { hash, fault: null, published: { fault: NOT_PUBLIC }, shape: null };
  const measured = measureLimits(supergraph, query, values);
  const over = measured.find(({ limit, found }) => found > limit.allowed);
  if (over)
    return { hash, fault: null, published: { fault: `At most ${over.limit.allowed} ${over.limit.counts}.` }, shape };
  return {
    hash,
    fault: null,
    published: { cost: measured.find(({ limit }) => limit.name === 'cost')?.found ?? 0 },
    shape,
  };
}

const RULES = [...specifiedRules, noIncrementalDelivery];
const NOT_PERSONAL = 'A question names no case, person or file, and takes no input that holds personal data.';
const NOT_PUBLIC = 'A public question has public fields of the schema only, and variables that are scalars or enums.';

function objectIn(text: string): Values | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the document of a text; undefined for one that can't be parsed, or that a request could not bring. */
function parsed(query: string): DocumentNode | undefined {
  try {
    holdStaticLimits(query);
    return parse(query, { noLocation: true });
  } catch {
    return undefined;
  }
}

/** Returns the literal texts of a document. */
function textsIn(document: DocumentNode): string[] {
  const texts: string[] = [];
  visit(document, {
    StringValue({ value }) {
      texts.push(value);
    },
  });
  return texts;
}

/** Returns the texts of a JSON value, names of members among them. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return typeof value === 'number' ? [String(value)] : [];
  return Object.entries(value).flatMap(([name, member]) => [name, ...stringsIn(member)]);
}
