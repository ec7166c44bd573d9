import { CodedError } from '../errors.ts';
import { aliases } from './aliases.ts';
import { bodySize } from './body-size.ts';
import { cost } from './cost.ts';
import { depth } from './depth.ts';
import { directives } from './directives.ts';
import { documentSize } from './document-size.ts';
import { fields } from './fields.ts';
import { introspectionDepth } from './introspection-depth.ts';
import { jsonDepth } from './json-depth.ts';
import { jsonValues } from './json-values.ts';
import type { Limit, Stages } from './limit.ts';
import { nesting } from './nesting.ts';
import { repeats } from './repeats.ts';
import { rootFields } from './root-fields.ts';
import { tokens } from './tokens.ts';

/** Every limit of a request, in the order in which they are held; each relies on those before it. */
export const LIMITS: readonly Limit[] = Object.freeze([
  bodySize,
  jsonDepth,
  jsonValues,
  documentSize,
  tokens,
  nesting,
  depth,
  fields,
  aliases,
  directives,
  repeats,
  rootFields,
  introspectionDepth,
  cost,
]);

/**
 * Tells what each limit of a stage has found. Throws OPERATION_TOO_COMPLEX, or PAYLOAD_TOO_LARGE for bytes, at the first limit
 * that is passed.
 */
export function enforceLimits<S extends keyof Stages>(
  stage: S,
  subject: Stages[S],
  limits = LIMITS,
): Readonly<Record<string, number>> {
  const all: Record<string, number> = {};
  for (const limit of limits) {
    if (!isOf(limit, stage)) continue;
    const { name, counts, allowed } = limit;
    const found = limit.measure(subject);
    all[name] = found;
    if (found <= allowed) continue;
    const code = stage === 'bytes' ? 'PAYLOAD_TOO_LARGE' : 'OPERATION_TOO_COMPLEX';
    throw new CodedError(code, `This asks for too much: at most ${allowed} ${counts}.`, {
      details: { limit: name, allowed, found },
    });
  }
  return all;
}

export function isOf<S extends keyof Stages>(limit: Limit, stage: S): limit is Limit<S> {
  return limit.stage === stage;
}
