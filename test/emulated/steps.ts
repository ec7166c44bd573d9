import { setTimeout as pause } from 'node:timers/promises';

const WAIT_MS = 30_000;
const failed: string[] = [];

/** Returns the names of the steps that failed. */
export const failedSteps = (): readonly string[] => failed;

/** Takes a step that later ones don't need, and prints how it went. */
export async function step(name: string, work: () => Promise<unknown>): Promise<void> {
  await required(name, work).catch((error) => console.log(error));
}

/** Takes a step, and prints how it went. Throws if it fails. */
export async function required<T>(name: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  try {
    const result = await work();
    console.log(`  ok ${((performance.now() - began) / 1_000).toFixed(1)} s  ${name}`);
    return result;
  } catch (error) {
    console.log(`  FAILED  ${name}`);
    failed.push(name);
    throw error;
  }
}

/** Waits until something is there. Throws if it takes too long. */
export async function until(isThere: () => boolean): Promise<void> {
  const deadline = Date.now() + WAIT_MS;
  while (!isThere()) {
    if (Date.now() > deadline) throw new Error('It took too long.');
    await pause(250);
  }
}

/** Asks an address. Throws unless it answers with success. */
export async function expectOk(url: string, request: RequestInit = {}): Promise<void> {
  const response = await fetch(url, request);
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
}

/** Throws unless two JSON values are equal. */
export function expectEqual(actual: unknown, expected: unknown): void {
  const [is, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== wanted) throw new Error(`It is ${is}, not ${wanted}.`);
}
