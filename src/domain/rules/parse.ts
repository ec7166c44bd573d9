/** The parser of rules that clients send. */
import * as z from 'zod';
import { COMPARATORS, type Condition, type Operand, type Rule, type Test } from './rule.ts';

export const MAX_RULE_DEPTH = 16;
/** Objects and lists in a rule. */
export const MAX_RULE_NODES = 1500;
export const MAX_RULE_BYTES = 40_000;
const MAX_LIST = 60;
const MAX_TEXT_CHARACTERS = 300;
const MAX_NAME_CHARACTERS = 40;

const name = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9-]*$/)
  .max(MAX_NAME_CHARACTERS);
const whole = z.number().int().refine(Number.isSafeInteger);
const literal = z.union([z.boolean(), whole, z.string().min(1).max(MAX_NAME_CHARACTERS)]);
const list = <Each extends z.ZodType>(each: Each) => z.array(each).min(1).max(MAX_LIST).readonly();
const text = z.string().trim().min(1).max(MAX_TEXT_CHARACTERS);

const operand: z.ZodType<Operand> = z.lazy(() =>
  z.union([
    literal,
    z.strictObject({ fact: name }),
    z.strictObject({ asked: z.literal(true) }),
    z.strictObject({ ageOn: z.strictObject({ born: operand, on: operand }) }),
    z.strictObject({
      day: z.strictObject({
        from: operand,
        years: whole.min(-200).max(200).exactOptional(),
        months: whole.min(-2400).max(2400).exactOptional(),
        days: whole.min(-80_000).max(80_000).exactOptional(),
        month: whole.min(1).max(12).exactOptional(),
        dayOfMonth: whole.min(1).max(31).exactOptional(),
      }),
    }),
    z.strictObject({
      table: z.strictObject({
        by: operand,
        rows: list(z.strictObject({ is: literal, value: literal })),
        otherwise: literal,
      }),
    }),
    z.strictObject({ sum: list(z.strictObject({ points: whole.min(-10_000).max(10_000), is: test })) }),
    z.strictObject({ total: list(operand) }),
  ]),
);

const test: z.ZodType<Test> = z.lazy(() =>
  z.union([
    z.strictObject({ l: operand, op: z.enum(COMPARATORS), r: operand }),
    z.strictObject({ l: operand, op: z.enum(['in', 'has']), r: list(literal) }),
    z.strictObject({ all: list(test) }),
    z.strictObject({ any: list(test) }),
    z.strictObject({ not: test }),
  ]),
);

const condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({
      term: name,
      text: z.strictObject({ zh: text, ja: text, en: text }),
      clause: whole.min(1).exactOptional(),
      is: test,
    }),
    z.strictObject({ all: list(condition) }),
    z.strictObject({ any: list(condition) }),
  ]),
);

const rule: z.ZodType<Rule> = z.strictObject({
  language: z.literal(1),
  when: condition,
  cappedSeries: z
    .strictObject({
      of: name,
      basisPoints: whole.min(0).max(10_000),
      cap: name,
      years: whole.min(1).max(50),
      extensionYears: whole.min(0).max(50),
    })
    .exactOptional(),
  costs: z
    .array(
      z.strictObject({
        fact: name,
        cost: whole.min(0).max(10_000),
        perUnit: whole.min(0).max(10_000).exactOptional(),
        leadDays: whole.min(0).max(10_000).exactOptional(),
      }),
    )
    .max(MAX_LIST)
    .readonly()
    .exactOptional(),
});

/** Parses a rule that a client sent. Returns null where it is too deep, too large, or none of the language. */
export function parseRule(sent: unknown): Rule | null {
  // The measures come first: the schema check recurses, and a deep tree would overflow the stack.
  if (!isWithinBounds(sent) || Buffer.byteLength(JSON.stringify(sent)) > MAX_RULE_BYTES) return null;
  return rule.safeParse(sent).data ?? null;
}

/** Returns whether a value is an object of a depth and a number of nodes that a rule may have. */
function isWithinBounds(sent: unknown): boolean {
  let nodes = 0;
  let level: readonly unknown[] = [sent];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_RULE_DEPTH * 2) return false;
    const objects = level.filter((each) => typeof each === 'object' && each !== null);
    nodes += objects.length;
    if (nodes > MAX_RULE_NODES) return false;
    level = objects.flatMap((each) => Object.values(each));
  }
  return nodes > 0;
}
