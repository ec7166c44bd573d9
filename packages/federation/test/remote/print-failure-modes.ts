import type { CodedError } from '../../src/errors.ts';
import type { SubgraphResult } from '../../src/subgraph.ts';
import { ask, ENTITIES, newCall, subgraphAt, TWO_PARKS } from './asking.ts';
import { FAULTS, healthy, PARTS } from './failure-modes.ts';
import { type Behaviour, startPartner } from './partner.ts';

/** Prints, as a Markdown table, what each way to fail costs an operation with half a second left. */
const DEADLINE_MS = 500;

async function row(mode: string, behaviour?: Behaviour): Promise<string> {
  await using partner = await startPartner(behaviour ?? healthy);
  if (!behaviour) await partner.stop();
  const { subgraph } = subgraphAt(partner.url);
  const timed = async (call = newCall(DEADLINE_MS)) => {
    const began = performance.now();
    const outcome = await ask(subgraph, ENTITIES, TWO_PARKS, call).catch((fault: CodedError) => fault);
    return { outcome, milliseconds: Math.round(performance.now() - began) };
  };
  const failed = await timed();
  partner.behave(healthy);
  if (!behaviour) await partner.start();
  const next = await timed();
  return `| ${[mode, failed.milliseconds, arrived(failed.outcome), errorsOf(failed.outcome), next.milliseconds].join(' | ')} |`;
}

function arrived(outcome: SubgraphResult | CodedError): string {
  if (outcome instanceof Error || !outcome.data) return 'nothing';
  const entities = outcome.data._entities as (Record<string, unknown> | null)[];
  const values = entities.map((entity) => Object.values(entity ?? {}).filter((value) => value !== null).length);
  return `${values.filter((count) => count > 0).length} of 2 entities, ${values.reduce((sum, count) => sum + count)} of 6 values`;
}

function errorsOf(outcome: SubgraphResult | CodedError): string {
  if (outcome instanceof Error) return outcome.code;
  const told = outcome.errors?.map(({ path, extensions }) => `${extensions?.code} at ${path?.join('.') ?? 'no place'}`);
  return told?.join(', ') || 'none';
}

console.log(`| mode | ms (of ${DEADLINE_MS}) | what arrived | error | ms of the next |\n|---|---|---|---|---|`);
console.log(await row('refused'));
for (const [mode, , behaviour] of FAULTS) console.log(await row(mode, behaviour));
for (const [mode, behaviour] of PARTS) console.log(await row(mode, behaviour));
