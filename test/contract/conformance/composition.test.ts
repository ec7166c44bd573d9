import { setImmediate } from 'node:timers/promises';
import { startTinyFederation } from './tiny-federation.ts';

test("a federation that doesn't compose fails with the composer's message and closes its servers", async () => {
  // Closed handles, those of earlier tests too, are freed at the end of the event loop's turn.
  await setImmediate();
  const before = openServers();
  const starting = startTinyFederation({
    a: { sdl: 'type Query { size: Int }' },
    b: { sdl: 'type Query { size: String }' },
  });
  await expect(starting).rejects.toThrow('Type of field "Query.size" is incompatible across subgraphs');
  await setImmediate();
  await setImmediate();
  expect(openServers()).toBeLessThanOrEqual(before);
});

function openServers(): number {
  return process.getActiveResourcesInfo().filter((one) => one === 'TCPServerWrap').length;
}
