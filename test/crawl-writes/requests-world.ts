import { makeId, ulidOfName } from '../../src/domain/ids.ts';
import type { SupportRequest, SupportState } from '../../src/domain/support/request.ts';

/** Support requests of an enterprise in every state that a mutation needs. */
const STATES = {
  open: 'OPEN',
  taken: 'IN_PROGRESS',
  answered: 'ANSWERED',
  resolved: 'RESOLVED',
} as const satisfies Record<string, SupportState>;

export type RequestName = keyof typeof STATES;
const REQUESTS = Object.keys(STATES) as readonly RequestName[];

/** Returns the requests of one enterprise, opened on a day. */
export function requestsOf(enterpriseId: string, openedOn: string): Readonly<Record<RequestName, SupportRequest>> {
  const made = REQUESTS.map((name): readonly [RequestName, SupportRequest] => [
    name,
    {
      id: makeId('sreq', ulidOfName(`${enterpriseId} ${name}`, Date.parse(openedOn))),
      version: 1,
      enterpriseId,
      kind: 'MARKET',
      channel: 'ONLINE',
      status: STATES[name],
      openedOn,
      visits: [],
      need: { item: 'sensors' },
    },
  ]);
  return Object.fromEntries(made) as Record<RequestName, SupportRequest>;
}
