/**
 * Returns an item that another item of this table refers to. It is written with the other and never deleted before it.
 */
export function present<Item>(item: Item | null, id: string): Item {
  if (item === null) throw new Error(`${id} is referred to and is not there`);
  return item;
}
