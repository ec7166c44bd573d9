/** The local host in a process of its own; says by IPC where it is. */
import { configure } from '../../src/config.ts';
import { startHostOn } from '../hostile/target.ts';

const [endpoint = ''] = process.argv.slice(2);
configure({ mode: 'local', dynamodbEndpoint: endpoint, cursorSecret: 'a secret that is for tests only, and long' });
const host = await startHostOn();
process.send?.(host.url);
