/**
 * Loaded before Lambda's runtime client, whose HTTP client is a native addon that takes a minute to compile: this one, over
 * node:http, takes its place. All else is the runtime that Lambda runs.
 */
import { request } from 'node:http';
import { registerHooks } from 'node:module';
import { text } from 'node:stream/consumers';

/** The addon posts before it returns; here the next event is asked for only when what came before is posted. */
let posted: Promise<unknown> = Promise.resolve();

function call(method: string, path: string, body = ''): Promise<{ bodyJson: string; headers: object }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ bodyJson: string; headers: object }>();
  const url = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation/${path}`;
  const sent = request(url, { method }, (response) => {
    text(response).then((bodyJson) => resolve({ bodyJson, headers: response.headers }), reject);
  });
  sent.once('error', reject).end(body);
  return promise;
}

const post = (path: string, body: string) => {
  posted = posted.then(() => call('POST', path, body));
};

const client = {
  next: () => posted.then(() => call('GET', 'next')),
  done: (id: string, body: string) => post(`${id}/response`, body),
  error: (id: string, body: string) => post(`${id}/error`, body),
};

const PATH = 'native-client:';
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === './rapid-client.node'
      ? { url: PATH, format: 'commonjs', shortCircuit: true }
      : next(specifier, context),
  load: (url, context, next) =>
    url === PATH
      ? { format: 'commonjs', source: `module.exports = globalThis[Symbol.for('${PATH}')]`, shortCircuit: true }
      : next(url, context),
});
Object.assign(globalThis, { [Symbol.for(PATH)]: client });
