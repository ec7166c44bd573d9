/** What an item of this table refers to within the table: written with it, never taken away before it. */
export function present<Item>(item: Item | null, id: string): Item {
  if (item === null) throw new Error(`${id} is referred to and is not there`);
  return item;
}
