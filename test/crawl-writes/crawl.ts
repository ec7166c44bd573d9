import { getNamedType, isObjectType } from 'graphql';
import { isMutationName, type MutationName } from '../../src/domain/access/write-table.ts';
import type { ErrorCode } from '../../src/errors.ts';
import { written } from '../crawl/recorders.ts';
import { randomNumbers } from '../fixtures/synthetic/random-operation.ts';
import { WRITERS, type Writer } from './callers.ts';
import type { GraphQLAnswer, WriteGrounds } from './grounds.ts';
import { INPUTS } from './inputs.ts';
import { judge } from './judge.ts';
import { changesBetween, type Item, readAll, undo } from './stored.ts';

/** Somebody tries a mutation with an input. */
export interface Attempt {
  readonly writer: Writer;
  readonly mutation: MutationName;
  /** What the input is about, e.g. `home`. */
  readonly about: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Whether it must succeed: one of each mutation. */
  readonly isRightful: boolean;
}

/** A change that its caller may not make. */
export interface Violation {
  readonly writer: string;
  readonly mutation: string;
  readonly about: string;
  readonly why: string;
}

export interface WriteReport {
  readonly attempts: number;
  /** Attempts that changed something. */
  readonly changing: number;
  readonly changes: number;
  readonly violations: readonly Violation[];
  /** Mutations by which not even who may changed anything, each with its answer: what it is tried on isn't in the right state. */
  readonly idle: readonly string[];
  /** The attributes of the items that rightful attempts wrote, by the items' type. */
  readonly forms: Readonly<Record<string, readonly string[]>>;
  /** The calls of rightful attempts in turns, by mutation; empty unless they are counted. */
  readonly turns: Readonly<Record<string, readonly (readonly string[])[]>>;
}

export interface CrawlOptions {
  readonly stopsAtFirst?: boolean;
  readonly countsTurns?: boolean;
}

/** Codes of answers after which a client asks again by the same key. */
const ASKED_AGAIN: ReadonlySet<string> = new Set<ErrorCode>([
  'CONFLICT',
  'DEADLINE_EXCEEDED',
  'IDENTITY_UNAVAILABLE',
  'OUTCOME_UNKNOWN',
  'OVERLOADED',
]);
const MAX_ASKS = 4;

/** Throws where the schema has a mutation that nobody knows how to try. */
export function attemptsOf({ schema, world }: Pick<WriteGrounds, 'schema' | 'world'>): readonly Attempt[] {
  const names = Object.keys(schema.getMutationType()?.getFields() ?? {});
  const unknown = names.filter((name) => !Object.hasOwn(INPUTS, name));
  if (unknown.length > 0) throw new Error(`test/crawl-writes/inputs.ts has no input maker for ${unknown.join(', ')}.`);
  return names.filter(isMutationName).flatMap((mutation) => {
    const { by, make } = INPUTS[mutation];
    return Object.entries(make(world)).flatMap(([about, input], i) =>
      WRITERS.map((writer) => ({ writer, mutation, about, input, isRightful: i === 0 && writer.name === by })),
    );
  });
}

/** Returns a share of the attempts in an order by the seed, those that must succeed among them. */
export function someOf(attempts: readonly Attempt[], share: number, seed: number): readonly Attempt[] {
  const random = randomNumbers(seed);
  return attempts
    .map((attempt) => ({ attempt, draw: random(), order: random() }))
    .filter(({ attempt, draw }) => draw < share || attempt.isRightful)
    .toSorted((a, b) => a.order - b.order)
    .map(({ attempt }) => attempt);
}

/** Makes the attempts one after the other, each from the same world, and judges what each has changed. */
export async function crawlWrites(
  grounds: WriteGrounds,
  attempts: readonly Attempt[],
  { stopsAtFirst = false, countsTurns = false }: CrawlOptions = {},
): Promise<WriteReport> {
  const { system, world } = grounds;
  const violations: Violation[] = [];
  const successful = new Set<string>();
  const rightful = new Map<string, string>();
  const forms: Record<string, string[]> = {};
  const turns: Record<string, readonly (readonly string[])[]> = {};
  let [made, changing, all] = [0, 0, 0];
  const before = await readAll(system);
  // Its log is as long as there are refusals.
  await written(async () => {
    for (const { writer, mutation, about, input, isRightful } of attempts) {
      if (mutation === 'supplyDocument') await grounds.sendFiles();
      made += 1;
      const variables = { input: withKey(grounds, mutation, input, made) };
      const document = documentOf(grounds, mutation);
      const inTurns = countsTurns && isRightful;
      const calls = await grounds.callsDuring(async () => {
        const answer = await asked(() => grounds.ask(writer, document, variables));
        if (isRightful) rightful.set(mutation, JSON.stringify(answer));
      }, inTurns);
      if (inTurns) turns[mutation] = calls;
      if (!calls.flat().some(isWrite)) continue;
      const changes = changesBetween(before, await readAll(system));
      if (changes.length === 0) continue;
      changing += 1;
      all += changes.length;
      const wrong = judge({ world, before, writer, input, changes });
      if (isRightful && wrong.length === 0) successful.add(mutation);
      if (wrong.length === 0) for (const { after } of changes) if (after) addForm(forms, after);
      for (const why of wrong) violations.push({ writer: writer.name, mutation, about, why });
      await undo(system, changes);
      if (stopsAtFirst && violations.length > 0) break;
    }
  });
  const idle = attempts.flatMap(({ mutation, isRightful }) =>
    isRightful && !successful.has(mutation) ? [`${mutation}: ${rightful.get(mutation)}`] : [],
  );
  return { attempts: made, changing, changes: all, violations, idle, forms, turns };
}

const isWrite = (call: string) => /Put|Update|Delete|Write|Execute/.test(call);

/** Asks again what a busy machine did not answer in its time. */
async function asked(ask: () => Promise<GraphQLAnswer>): Promise<GraphQLAnswer> {
  for (let asks = 1; ; asks += 1) {
    const answer = await ask();
    const mayAskAgain = answer.errors?.some(({ extensions }) => ASKED_AGAIN.has(extensions?.code ?? ''));
    if (!mayAskAgain || asks === MAX_ASKS) return answer;
  }
}

function addForm(forms: Record<string, string[]>, item: Item): void {
  const known = forms[String(item.type)] ?? [];
  forms[String(item.type)] = [...new Set([...known, ...Object.keys(item)])];
}

function fieldOf({ schema }: Pick<WriteGrounds, 'schema'>, mutation: MutationName) {
  const field = schema.getMutationType()?.getFields()[mutation];
  if (!field) throw new Error(`The schema has no mutation ${mutation}.`);
  return field;
}

/** Asks for the errors alone: what an answer shows besides is `npm run crawl`'s matter. */
function documentOf(grounds: WriteGrounds, mutation: MutationName): string {
  const { args, type } = fieldOf(grounds, mutation);
  const payload = getNamedType(type);
  const hasErrors = isObjectType(payload) && payload.getFields().userErrors !== undefined;
  return `mutation ($input: ${String(args[0]?.type)}) { ${mutation}(input: $input) { ${hasErrors ? 'userErrors { code }' : '__typename'} } }`;
}

/** Each attempt has a key of its own, where the mutation takes one. */
function withKey(grounds: WriteGrounds, mutation: MutationName, input: object, number: number): object {
  const type = getNamedType(fieldOf(grounds, mutation).args[0]?.type);
  const takesKey = type && 'getFields' in type && 'idempotencyKey' in type.getFields();
  return takesKey ? { idempotencyKey: `attempt-${number}`, ...input } : input;
}
