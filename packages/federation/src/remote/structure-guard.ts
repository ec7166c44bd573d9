/** Limits of a JSON text's structure, whatever it says. */
export interface StructureLimits {
  /** Objects and lists in one another. */
  readonly depth: number;
  /** Objects and lists in all: each takes many times the two bytes that it may be written with. */
  readonly containers: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

const NOTHING = 0;
const STRING = 1;
const OPENING = 2;

/** The meaning of a byte outside of strings: one look-up for the many that mean nothing. */
const MEANING = new Uint8Array(256);
MEANING[QUOTE] = STRING;
for (const opening of '[{') MEANING[opening.charCodeAt(0)] = OPENING;
for (const closing of ']}') MEANING[closing.charCodeAt(0)] = OPENING + 1;

/**
 * Counts the objects and lists of a JSON text while its bytes arrive, before anything is built from them. What isn't
 * JSON is left to the parser: counts are then of no meaning, but bounded all the same.
 */
export class StructureGuard {
  readonly #limits: StructureLimits;
  #depth = 0;
  #containers = 0;
  #isInString = false;
  #isEscaped = false;

  constructor(limits: StructureLimits) {
    this.#limits = limits;
  }

  /** Takes the next bytes. False once a limit is passed. */
  accept(bytes: Uint8Array): boolean {
    const { depth: deepest, containers: most } = this.#limits;
    // Locals: a private field for each byte takes twice the time.
    let depth = this.#depth;
    let containers = this.#containers;
    let isInString = this.#isInString;
    let isEscaped = this.#isEscaped;
    for (let i = 0; i < bytes.length; i++) {
      if (isInString) {
        for (; i < bytes.length; i++) {
          const byte = bytes[i];
          if (isEscaped) isEscaped = false;
          else if (byte === BACKSLASH) isEscaped = true;
          else if (byte === QUOTE) break;
        }
        isInString = i === bytes.length;
        continue;
      }
      const meaning = MEANING[bytes[i]!];
      if (meaning === NOTHING) continue;
      if (meaning === STRING) {
        isInString = true;
      } else if (meaning === OPENING) {
        depth += 1;
        containers += 1;
        if (depth > deepest || containers > most) return false;
      } else {
        depth -= 1;
      }
    }
    this.#depth = depth;
    this.#containers = containers;
    this.#isInString = isInString;
    this.#isEscaped = isEscaped;
    return true;
  }
}
