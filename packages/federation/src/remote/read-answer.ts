import type { GraphQLFormattedError } from 'graphql';
import { isRecord, type Rec } from '../executor/record.ts';
import type { SubgraphResult } from '../subgraph.ts';
import { invalidResponse } from './fault.ts';
import type { RemoteOperation } from './operation.ts';
import type { OperationShape } from './operation-shape.ts';
import { formatted, MAX_ERRORS, reported, reportedPath } from './reported-errors.ts';
import { validateFields } from './validate-value.ts';
import { type Path, type Problem, Walk } from './walk.ts';

/**
 * Validates a remote subgraph's answer. Of `data` it returns the fields that were asked for and are of their types, of
 * `errors` a code and a place. A field that isn't usable is null, with an error of the engine's at its place.
 * Throws a RemoteFault where the answer as a whole is of no use.
 * @param text JSON, bounded in size and structure
 * @param passesTexts whether the subgraph's own words of its errors go on
 */
export function readAnswer(
  subgraph: string,
  text: string,
  operation: RemoteOperation,
  variables: Readonly<Record<string, unknown>>,
  passesTexts = false,
): SubgraphResult {
  const answer = parseAnswer(subgraph, text);
  const given = Object.hasOwn(answer, 'errors') ? (answer.errors ?? []) : [];
  if (!Array.isArray(given)) throw invalidResponse(subgraph, '"errors" is no list');
  const paths = given.slice(0, MAX_ERRORS).map((error) => reportedPath(error, operation.keys));
  const errors = paths.map((path, i) => formatted(subgraph, reported(subgraph, given[i], passesTexts), path));
  addRest(subgraph, errors, given.length - errors.length);

  const data = Object.hasOwn(answer, 'data') ? answer.data : undefined;
  if (data == null) {
    if (given.length === 0) throw invalidResponse(subgraph, 'it has neither data nor errors');
    // Without a place nothing was executed: the operation itself was refused.
    if (errors.every(({ path, extensions }) => !path && extensions?.code === 'INTERNAL_SERVER_ERROR')) {
      throw invalidResponse(subgraph, 'it refused the operation');
    }
    return { data: null, errors };
  }
  if (!isRecord(data)) throw invalidResponse(subgraph, '"data" is no object');

  const validated = validateData(data, operation.shape(variables), variables, paths);
  if (validated.unusable) throw invalidResponse(subgraph, validated.unusable);
  errors.push(...validated.problems.map((problem) => toError(subgraph, problem)));
  addRest(subgraph, errors, validated.problemsLeftOut);
  return errors.length > 0 ? { data: validated.data, errors } : { data: validated.data };
}

function parseAnswer(subgraph: string, text: string): Rec {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    // The parser's message quotes the text.
    throw invalidResponse(subgraph, 'the body is not JSON');
  }
  if (!isRecord(answer)) throw invalidResponse(subgraph, 'the body is no JSON object');
  return answer;
}

function toError(subgraph: string, { kind, path }: Problem): GraphQLFormattedError {
  const what = kind === 'missing' ? 'gave no value here' : 'gave a value here that is not of its type';
  const message = `The subgraph "${subgraph}" ${what}.`;
  return formatted(subgraph, { code: 'SUBGRAPH_INVALID_RESPONSE', message }, path);
}

function addRest(subgraph: string, errors: GraphQLFormattedError[], count: number): void {
  if (count <= 0) return;
  const message = `The subgraph "${subgraph}" had ${count} more errors in this answer.`;
  errors.push(formatted(subgraph, { code: 'SUBGRAPH_INVALID_RESPONSE', message }));
}

interface ValidatedData {
  readonly data: Rec;
  /** Values that are null now though the subgraph didn't say so, or didn't say why. */
  readonly problems: readonly Problem[];
  readonly problemsLeftOut: number;
  /** Why nothing of the data can be used. */
  readonly unusable: string | undefined;
}

/**
 * Copies what an operation asks for out of JSON of any kind, each value checked against its type. Objects of the copy
 * inherit nothing; nothing of the source is shared but strings.
 * @param errorPaths where the subgraph itself reported errors: a null there needs no other
 */
function validateData(
  source: Rec,
  { type, root }: OperationShape,
  variables: Readonly<Record<string, unknown>>,
  errorPaths: readonly Path[],
): ValidatedData {
  const walk = new Walk(variables, errorPaths);
  const data = validateFields(walk, source, root.of(type), undefined);
  const { problems, problemsLeftOut, unusable } = walk;
  return { data, problems, problemsLeftOut, unusable };
}
