import { readFileSync } from 'node:fs';
import { startServer } from '../../../src/edge/server.ts';
import { openCall } from '../call.ts';
import { startGateway } from '../engines/ours.ts';
import { listen } from './listen.ts';

/** Our server with all of its limits, for callers who may not see the schema. */
const { supergraph, gateway } = startGateway({
  supergraphSdl: readFileSync(process.env.SUPERGRAPH ?? '', 'utf8'),
  reach: 'in process',
  onFetch: () => {},
});
const server = await startServer({ supergraph, gateway, mayIntrospect: () => false });

listen(async (request) => {
  const { call, end } = openCall();
  try {
    return await server.answer(request, call);
  } finally {
    end();
  }
});
