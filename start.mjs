// Plain JavaScript that Node can read since version 14.8, so that a machine with an old one is told so in a sentence.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Bridgehead needs Node 22.18 or newer to run, and this is ${process.versions.node}. ` +
      'On Linux x64 "npm ci" brings Node 24 along and "npm start" uses it; elsewhere install Node 24, or open the devcontainer.',
  );
  process.exitCode = 1;
} else {
  // Types are stripped and modules compiled once, for this process and its workers.
  const { enableCompileCache } = await import('node:module');
  const { fileURLToPath } = await import('node:url');
  process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('dist/compiled', import.meta.url));
  enableCompileCache();
  const { main } = await import('./src/local/start.ts');
  await main();
}
