import { startDemoDatabase } from '../demo-database.ts';
import { reportToParent } from '../server-process.ts';

/** Demo data of scale S, laid around today. */
const database = await startDemoDatabase('S', new Date().toISOString().slice(0, 10));
process.on('SIGTERM', () => void database.stop().then(() => process.exit(0)));
reportToParent(database.endpoint);
