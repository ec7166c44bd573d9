import { readFileSync } from 'node:fs';
import { z } from 'zod';

const price = z.strictObject({
  per: z.number(),
  price: z.number(),
  source: z.url(),
  /** False for a figure that nobody has held against the list yet. */
  isChecked: z.boolean(),
});
const UNITS = [
  'writeUnits',
  'readUnits',
  'gigabyteSeconds',
  'invocations',
  'apiRequests',
  'storedGigabytes',
  'recoverableGigabytes',
  'logGigabytes',
  'keys',
  'secrets',
  'alarms',
] as const;
/** What a bill counts. */
export type Unit = (typeof UNITS)[number];

const table = z.strictObject({
  region: z.string(),
  currency: z.enum(['USD', 'CNY']),
  asOf: z.iso.date(),
  prices: z.record(z.enum(UNITS), price),
});
/** The prices of one region. */
export type PriceTable = z.infer<typeof table>;

export const readPriceTables = (): readonly PriceTable[] =>
  table.array().parse(JSON.parse(readFileSync('infra/prices.json', 'utf8')));

/** Amounts of a bill, in the units that it counts. */
export type Amounts = Partial<Record<Unit, number>>;

/** Returns what amounts cost. */
export function priceOf(amounts: Amounts, { prices }: PriceTable): number {
  return Object.entries(amounts).reduce((sum, [unit, amount]) => {
    const { per, price: each } = prices[unit as Unit];
    return sum + (amount / per) * each;
  }, 0);
}
