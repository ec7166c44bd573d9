/** The need behind a support request, by its kind. */
import type { Refusal } from '../refusal.ts';
import type { StepRefusalCode } from './refusals.ts';

export const SUPPORT_KINDS = ['FINANCING', 'SOCIAL_INSURANCE', 'HIRING', 'MARKET', 'SUPPLIES', 'DAILY_LIFE'] as const;
export type SupportKind = (typeof SUPPORT_KINDS)[number];

/** The facts of a need. Its kind decides which ones it has (`FACTS_OF`). */
export interface SupportNeed {
  /** Supplies, an occupation, or goods for the market. */
  readonly item?: string;
  /** Pieces, open positions, or insured staff. */
  readonly quantity?: number;
  /** Whole fen. */
  readonly amount?: string;
  readonly months?: number;
  /** `YYYY-MM-DD`. */
  readonly neededOn?: string;
  /** The group of people, without names. */
  readonly forWhom?: string;
  readonly place?: string;
}
export type NeedFact = keyof SupportNeed;

/** The facts that each kind of request names, no more and no less. */
export const FACTS_OF = {
  FINANCING: ['amount', 'months'],
  SOCIAL_INSURANCE: ['quantity', 'months'],
  HIRING: ['item', 'quantity'],
  MARKET: ['item'],
  SUPPLIES: ['item', 'quantity', 'neededOn'],
  DAILY_LIFE: ['forWhom', 'place'],
} as const satisfies Record<SupportKind, readonly NeedFact[]>;

const MAX_TEXT_CHARACTERS = 200;
const MAX_QUANTITY = 10_000_000;
const MAX_MONTHS = 120;
/** Ten digits of yuan, in fen. */
const AMOUNT = /^[1-9]\d{0,11}$/;

interface FactRule {
  readonly holds: (value: unknown, today: string) => boolean;
  readonly message: string;
}

const isCount = (max: number) => (value: unknown) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= max;

const TEXT: FactRule = {
  holds: (value) => typeof value === 'string' && value.trim() !== '' && [...value].length <= MAX_TEXT_CHARACTERS,
  message: `It has 1 to ${MAX_TEXT_CHARACTERS} characters.`,
};

const RULES = {
  item: TEXT,
  quantity: { holds: isCount(MAX_QUANTITY), message: `It is 1 to ${MAX_QUANTITY}.` },
  amount: {
    holds: (value) => typeof value === 'string' && AMOUNT.test(value),
    message: 'It is more than nothing and less than ten billion yuan.',
  },
  months: { holds: isCount(MAX_MONTHS), message: `It is 1 to ${MAX_MONTHS} months.` },
  neededOn: {
    holds: (value, today) => typeof value === 'string' && value >= today,
    message: 'It is today or a later day.',
  },
  forWhom: TEXT,
  place: TEXT,
} as const satisfies Record<NeedFact, FactRule>;

const NEED_FACTS = Object.keys(RULES) as readonly NeedFact[];

/** Refuses a need that lacks a fact of its kind, has one of another kind, or a value out of bounds. */
export function refuseNeed(kind: SupportKind, need: SupportNeed, today: string): readonly Refusal<StepRefusalCode>[] {
  const named: readonly NeedFact[] = FACTS_OF[kind];
  return NEED_FACTS.flatMap((fact) => {
    const rule: FactRule = RULES[fact];
    const isGiven = need[fact] !== undefined;
    const message = !named.includes(fact) ? `A request of kind ${kind} doesn't have it.` : rule.message;
    const isRight = named.includes(fact) ? rule.holds(need[fact], today) : !isGiven;
    return isRight ? [] : [{ code: 'INVALID_VALUE', field: ['need', fact], message }];
  });
}
