import vm from 'node:vm';

/**
 * Lets the test files that a worker runs share compiled code. Jest loads each module anew for each test file, and V8 compiled
 * it anew each time, which was a third of the loading.
 */
const { compileFunction, SourceTextModule } = vm;

/** Source and code by path. V8 itself compares no more of a source than its length. */
const compiled = new Map();

function codeOf(path, source) {
  const known = compiled.get(path);
  return known?.source === source ? known.code : undefined;
}

vm.SourceTextModule = class extends SourceTextModule {
  constructor(source, options) {
    const path = options.identifier;
    const cachedData = codeOf(path, source);
    super(source, { ...options, cachedData });
    if (cachedData === undefined) compiled.set(path, { source, code: this.createCachedData() });
  }
};

vm.compileFunction = (source, parameters, options) => {
  const path = options.filename;
  const cachedData = codeOf(path, source);
  const produceCachedData = cachedData === undefined;
  const made = compileFunction(source, parameters, { ...options, cachedData, produceCachedData });
  if (produceCachedData) compiled.set(path, { source, code: made.cachedData });
  return made;
};
