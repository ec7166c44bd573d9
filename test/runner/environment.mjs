import { join } from 'node:path';
import { mock } from 'node:test';

/** Processes that tests start find compiled code. Workers themselves would write theirs as they end, and take a second. */
const settings = { ...process.env, NODE_COMPILE_CACHE: join(process.env.BRIDGEHEAD_TEST_RUN, 'compiled') };

/** Jest's environment without a context of its own. Each test file leaves the process as it found it. */
export default class Environment {
  global = globalThis;
  #globals = Object.getOwnPropertyDescriptors(globalThis);
  #exit = process.exit;
  #directory = process.cwd();

  async setup() {
    process.env = { ...settings };
  }

  async teardown() {
    mock.reset();
    process.exit = this.#exit;
    process.chdir(this.#directory);
    for (const key of Reflect.ownKeys(globalThis)) {
      const before = this.#globals[key];
      if (before?.configurable) Object.defineProperty(globalThis, key, before);
      else if (before === undefined) Reflect.deleteProperty(globalThis, key);
    }
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  getVmContext() {
    return null;
  }
}
