import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';
import Environment from '../runner/environment.mjs';

/** Jest's environment of the run that finds out which test files enter which functions. */
export default class MarkingEnvironment extends Environment {
  constructor(_config, { testPath }) {
    super();
    this.test = relative(`${import.meta.dirname}/../..`, testPath);
    this.startedAt = performance.now();
    globalThis.__entered = new Set();
  }

  /** A test file that fails without any mutant notices none: it is left out. */
  handleTestEvent({ name }) {
    if (name.endsWith('_failure') || name === 'error') this.hasFailed = true;
  }

  async teardown() {
    const milliseconds = Math.round(performance.now() - this.startedAt);
    const entered = [...globalThis.__entered];
    if (!this.hasFailed)
      appendFileSync(process.env.BRIDGEHEAD_ENTERED, `${JSON.stringify({ test: this.test, milliseconds, entered })}\n`);
    await super.teardown();
  }
}
