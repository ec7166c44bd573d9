import type { Engine, StartEngine } from '../engine.ts';
import { HEAVY, SMALL } from '../operations.ts';
import { start as startOurs } from './ours.ts';

/** Nothing but the answers, made beforehand: what is measured with it is `JSON.stringify`. */
export const start: StartEngine = async (setting): Promise<Engine> => {
  const ours = await startOurs({ ...setting, onFetch: () => {} });
  const answers = new Map<string, object>();
  for (const operation of [HEAVY, SMALL]) {
    answers.set(operation.query, JSON.parse(JSON.stringify(await ours.execute(operation))) as object);
  }
  return { execute: async ({ query }) => answers.get(query) ?? {} };
};
