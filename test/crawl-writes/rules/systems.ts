/** Changes by zones' systems: their keys, endpoints and deliveries. */
import type { Item } from '../stored.ts';
import { byEvent } from './cases.ts';
import { itemOf, type Rule } from './situation.ts';

/** A zone's keys and endpoints are changed by its system alone. */
export const bySystem: Rule = (change, { writer, world }) =>
  writer.kind === 'partner' && writer.side !== null && itemOf(change).zone === world.zones[writer.side];

/** A delivery waits again because the system of its endpoint's zone asked for it. */
export const byRedelivering: Rule = (change, judged) => {
  const { writer, before, world } = judged;
  const { caseId, endpointId } = itemOf(change);
  const isOfZone = (item: Item | undefined) => writer.side !== null && item?.zone === world.zones[writer.side];
  const endpoint = [...before.values()].find(({ item }) => item.type === 'Webhook' && item.sk === endpointId)?.item;
  return writer.kind === 'partner' && isOfZone(endpoint) && typeof caseId === 'string' && change.before !== null;
};

/** An entry comes with its case's event, or waits again with a delivery. */
export const byOutbox: Rule = (change, judged) => {
  const delivery = judged.changes.find((each) => itemOf(each).type === 'Delivery');
  return delivery ? byRedelivering(delivery, judged) : byEvent(change, judged);
};
