/**
 * Returns the environment of a process that a test starts: the variables that Node itself needs, and the test's own. What
 * Node compiles once in a run of tests, every process of that run loads from the cache.
 */
export function childEnvironment(own: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  return { PATH, NODE_COMPILE_CACHE, ...own };
}
