import { randomUUID } from 'node:crypto';
import { ANONYMOUS } from '../../src/domain/viewer.ts';
import type { Call } from '../../src/subgraph/request.ts';

const MILLISECONDS = 25_000;

/** A request of nobody in particular, with a deadline as a handler sets it. `end` is for when it is answered. */
export function openCall(): { readonly call: Call; readonly end: () => void } {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), MILLISECONDS);
  const now = Date.now();
  const call: Call = {
    requestId: randomUUID(),
    viewer: ANONYMOUS,
    now: new Date(now),
    locale: 'EN',
    deadline: now + MILLISECONDS,
    signal: controller.signal,
  };
  return { call, end: () => clearTimeout(timer) };
}
