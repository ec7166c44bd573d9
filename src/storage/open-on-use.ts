type Openers<Source, Parts> = { readonly [Name in keyof Parts]: (source: Source, parts: Parts) => Parts[Name] };

/**
 * Returns a function that opens a store whose parts are each opened at their first use: most requests use two of twenty.
 * @param openers what opens each part, from the source of the store and from its other parts
 */
export function openOnUse<Source, Parts extends object>(openers: Openers<Source, Parts>): (source: Source) => Parts {
  class Store {
    readonly source: Source;
    constructor(source: Source) {
      this.source = source;
    }
  }
  for (const name of Object.keys(openers) as (keyof Parts)[]) {
    Object.defineProperty(Store.prototype, name, {
      get(this: Store & Parts) {
        const value = openers[name](this.source, this);
        Object.defineProperty(this, name, { value });
        return value;
      },
    });
  }
  return (source) => new Store(source) as Store & Parts;
}
