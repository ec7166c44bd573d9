import { randomOf } from '../../src/local/demo-data/random.ts';
import { hostileRequest } from '../hostile/hostile-request.ts';
import { startTarget, type Target } from '../hostile/target.ts';
import { faultOf } from '../hostile/verdict.ts';

let target: Target;

beforeAll(async () => {
  target = await startTarget();
});
afterAll(() => target.stop());

test('200 hostile requests, the same each time, are answered without a fault of ours, by event and by socket', async () => {
  const random = randomOf('hostile test');
  const faults: string[] = [];
  let answered = 0;
  for (let asked = 0; asked < 200; asked++) {
    const request = hostileRequest(random);
    const answer = await (asked % 2 === 0 ? target.byEvent(request) : target.bySocket(request));
    const fault = faultOf(answer);
    if (fault) faults.push(`${request.family}: ${fault}`);
    if (answer.status > 0) answered++;
  }
  expect(faults).toEqual([]);
  expect(answered).toBeGreaterThan(190);
});
