import { setTimeout as sleep } from 'node:timers/promises';
import type { Comparison, OpenTables, ReadModel } from '../read-models/read-model.ts';
import { textOfKey } from '../read-models/read-model.ts';
import { READ_MODELS } from '../read-models/read-models.ts';
import { checkReferences } from './references.ts';

/** How many differences of one read model are named. */
const MAX_NAMED = 5;

export interface Verification {
  /** The checks that pass, in sentences. */
  readonly findings: readonly string[];
  /** The checks that fail, in sentences. */
  readonly faults: readonly string[];
}

interface VerifyOptions {
  /**
   * Pause before what differs is compared once more. Streams and requests are followed within a moment; a difference that
   * stays is a fault.
   */
  readonly secondLookMs: number;
  readonly readModels?: readonly ReadModel[];
}

/** Verifies counts, references and read models. Changes nothing. It reads all tables: for a command. */
export async function verifyData(
  open: OpenTables,
  { secondLookMs, readModels = READ_MODELS }: VerifyOptions,
): Promise<Verification> {
  const findings: string[] = [];
  const faults: string[] = [];
  let checked = await checkReferences(open);
  if (checked.faults.length > 0) {
    await sleep(secondLookMs);
    const first = new Set(checked.faults);
    checked = await checkReferences(open);
    faults.push(...checked.faults.filter((fault) => first.has(fault)));
  }
  const sum = [...checked.counts.values()].reduce((total, count) => total + count, 0);
  findings.push(`${sum} items of ${checked.counts.size} types have ${checked.references} references.`);
  for (const model of readModels) {
    const { items, differences } = await lastingDifferences(model, open, secondLookMs);
    if (differences.length === 0) {
      findings.push(`The ${model.title} (${items} items) equal a rebuild.`);
      continue;
    }
    const named = differences.slice(0, MAX_NAMED).map(({ pk, sk, fault }) => `${pk} ${sk} (${fault.toLowerCase()})`);
    const more = differences.length > MAX_NAMED ? ` and ${differences.length - MAX_NAMED} more` : '';
    faults.push(
      `The ${model.title} differ from a rebuild in ${differences.length} of ${items} items: ${named.join(', ')}${more}. ` +
        `"npm run rebuild -- ${model.name}" corrects them.`,
    );
  }
  return { findings, faults };
}

async function lastingDifferences(model: ReadModel, open: OpenTables, secondLookMs: number): Promise<Comparison> {
  const first = await model.compare(open);
  if (first.differences.length === 0) return first;
  await sleep(secondLookMs);
  const seen = new Set(first.differences.map(textOfKey));
  const second = await model.compare(open);
  return { items: second.items, differences: second.differences.filter((key) => seen.has(textOfKey(key))) };
}
