import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';
import PlainEnvironment from '../plain-environment.mjs';

/** Jest's environment of the run that finds out which test files enter which functions. */
export default class MarkingEnvironment extends PlainEnvironment {
  constructor(config, context) {
    super(config, context);
    this.test = relative(`${import.meta.dirname}/../..`, context.testPath);
    this.startedAt = performance.now();
    this.global.__entered = new Set();
  }

  async teardown() {
    const milliseconds = Math.round(performance.now() - this.startedAt);
    const entered = [...this.global.__entered];
    appendFileSync(process.env.BRIDGEHEAD_ENTERED, `${JSON.stringify({ test: this.test, milliseconds, entered })}\n`);
    await super.teardown();
  }
}
