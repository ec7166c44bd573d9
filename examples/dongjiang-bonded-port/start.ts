import { join } from 'node:path';
import { config, configure } from '../../src/config.ts';
import { CodedError } from '../../src/errors.ts';
import { main } from '../../src/local/start.ts';
import { registerInCopy } from './register.ts';
import { serveWarehouses } from './server.ts';

/**
 * Starts the whole system on this machine with the example partner beside it: the same data, a supergraph of its own.
 */
try {
  const { schemaDir, dataDir } = config();
  const { url } = await serveWarehouses(0);
  configure(await registerInCopy(url, schemaDir, join(dataDir, 'dongjiang-bonded-port')));
  console.log(`  Partner   ${url}   (dongjiang, synthetic data)`);
  await main();
} catch (error) {
  console.error(error instanceof CodedError ? error.message : error);
  process.exit(1);
}
