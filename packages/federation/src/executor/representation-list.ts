import type { Rec } from './record.ts';
import { makeRepresentation, type Representation } from './representations.ts';

/** The representations of one call, each sent once, and which entities (of which `Target`) wait for which. */
export class RepresentationList<Target> {
  readonly representations: Rec[] = [];
  readonly waiting: { readonly entity: Rec; readonly index: number; readonly target: Target }[] = [];
  readonly #known = new Known();

  /** Adds an entity, unless it lacks a field that the subgraph needs (null is a value). */
  add(entity: Rec, representation: Representation, target: Target): void {
    const known = this.#find(representation, entity);
    if (!known) return;
    if (known.index < 0) {
      known.index = this.representations.push(makeRepresentation(representation, entity)) - 1;
    }
    this.waiting.push({ entity, index: known.index, target });
  }

  /**
   * Finds a representation by the values that it would hold, so that only new ones are made. Returns undefined for an entity
   * that lacks one of them.
   */
  #find({ typename, fields }: Representation, entity: Rec): Known | undefined {
    let known = this.#known.at(typename);
    for (const { key, copy } of fields) {
      const value = copy ? copy(entity[key]) : entity[key];
      if (value === undefined) return undefined;
      known =
        typeof value === 'object' && value !== null ? known.at(STRUCTURE).at(JSON.stringify(value)) : known.at(value);
    }
    return known;
  }
}

/** Stands before the text of an object or a list, so that it is no string's. */
const STRUCTURE = Symbol('structure');

/** Where the representations are whose fields begin with the same values. */
class Known {
  /** The index of the representation that ends here, or -1. */
  index = -1;
  readonly #next = new Map<unknown, Known>();

  at(value: unknown): Known {
    let next = this.#next.get(value);
    if (!next) {
      next = new Known();
      this.#next.set(value, next);
    }
    return next;
  }
}
