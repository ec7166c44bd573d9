/**
 * The entries of a ledger, which two or more zones keep under an agreement. Each entry names the hash of the one before
 * it, and is signed over its canonical text by the zone that makes it.
 */
import * as z from 'zod';
import { isDay } from '../../calendar/day.ts';
import { canonical } from '../../canonical.ts';
import { isIdOf } from '../../ids.ts';
import { fenOf } from '../money.ts';
import { sha256 } from './signature.ts';

export const ENTRY_KINDS = [
  'REGISTER_KEY',
  'REPLACE_KEY',
  'ACCEPT_KEY',
  'OPEN_ACCOUNT',
  'ACCEPT_ACCOUNT',
  'REPORT_FIGURE',
  'AWARD_FIGURE',
  'COMPUTE_SETTLEMENT',
  'CONFIRM_SETTLEMENT',
  'DISPUTE_SETTLEMENT',
  'PAY',
  'RECEIVE',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** Characters of a reason at most. */
export const MAX_REASON_CHARACTERS = 500;
/** Characters of an entry's text at most. */
export const MAX_TEXT_CHARACTERS = 20_000;

const fen = z.string().refine((text) => text.length <= 30 && fenOf(text) !== null);
const year = z.int().min(1).max(9_999);
const zone = z.string().refine((text) => isIdOf('zone', text));
const key = z.string().min(1).max(100);
const account = z.string().min(1).max(100);
const amounts = z
  .array(z.strictObject({ zone, amount: fen }))
  .max(20)
  .readonly();
const settled = z.strictObject({ year, amount: fen, was: fen.nullable() });

const literal = z.union([z.boolean(), z.int(), z.string().max(100)]);
const fact = z.union([literal, z.array(z.string().max(100)).readonly(), z.array(z.int()).readonly()]);

const terms = z.strictObject({
  base: z.enum(['TAX', 'GDP', 'OUTPUT', 'FUND']),
  enterprise: z.string().max(100).nullable(),
  firstYear: year,
  years: z.int().max(1_000),
  extensionYears: z.int().max(1_000),
  shares: z
    .array(z.strictObject({ zone, basisPoints: z.int() }))
    .max(20)
    .readonly(),
  payer: zone,
  capped: z.strictObject({ zone, cap: fen }).nullable(),
  arbiter: key.nullable(),
  rule: z
    .strictObject({
      policy: z.string().max(100),
      version: z.int(),
      hash: z.string().max(64),
      facts: z.record(z.string().max(40), fact).readonly(),
    })
    .nullable(),
});

const contents = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('REGISTER_KEY'), publicKey: key }),
  z.strictObject({ kind: z.literal('REPLACE_KEY'), publicKey: key }),
  z.strictObject({ kind: z.literal('ACCEPT_KEY'), zone, publicKey: key }),
  z.strictObject({ kind: z.literal('OPEN_ACCOUNT'), account, terms }),
  z.strictObject({ kind: z.literal('ACCEPT_ACCOUNT'), account }),
  z.strictObject({ kind: z.literal('REPORT_FIGURE'), account, year, amount: fen }),
  z.strictObject({ kind: z.literal('AWARD_FIGURE'), account, year, amount: fen }),
  z.strictObject({
    kind: z.literal('COMPUTE_SETTLEMENT'),
    account,
    year,
    figures: z.array(settled).max(100).readonly(),
    due: amounts,
  }),
  z.strictObject({ kind: z.literal('CONFIRM_SETTLEMENT'), account, year }),
  z.strictObject({
    kind: z.literal('DISPUTE_SETTLEMENT'),
    account,
    year,
    reason: z.string().min(1).max(MAX_REASON_CHARACTERS),
  }),
  z.strictObject({ kind: z.literal('PAY'), account, year, zone, amount: fen }),
  z.strictObject({ kind: z.literal('RECEIVE'), account, year, zone, amount: fen }),
]);
/** The part of an entry that its kind decides. */
export type Content = z.infer<typeof contents>;
export type ContentOf<Kind extends EntryKind> = Extract<Content, { readonly kind: Kind }>;

const entries = z.strictObject({
  /** The agreement's id. */
  ledger: z.string().max(100),
  /** Counts the entries of the ledger, from 1. */
  number: z.int().min(1),
  /** The hash of the entry before; of the first, `NO_ENTRY`. */
  previous: z.string().length(64),
  /** The zone that makes the entry. */
  zone,
  /** The day in Asia/Shanghai. */
  on: z.string().refine(isDay),
  content: contents,
});
export type LedgerEntry = z.infer<typeof entries>;

/** The hash before the first entry. */
export const NO_ENTRY = '0'.repeat(64);

/** An entry as it is stored and exported: the text that was signed, and the signature. */
export interface SignedText {
  readonly text: string;
  readonly signature: string;
}

export const textOf = (entry: LedgerEntry): string => canonical(entry);

/** Returns the hash that the next entry names: of the text and its signature. */
export const hashOf = ({ text, signature }: SignedText): string => sha256(`${text}\n${signature}`);

/** Parses the canonical text of an entry; returns null for every other text. */
export function parseEntry(text: string): LedgerEntry | null {
  if (text.length > MAX_TEXT_CHARACTERS) return null;
  try {
    const { success, data } = entries.safeParse(JSON.parse(text));
    return success && textOf(data) === text ? data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
