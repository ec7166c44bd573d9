import type { Field } from '../selection.ts';
import { optionsFor } from './options.ts';
import type { Search } from './search.ts';
import { type JumpView, type Option, REQUEST_COST, requestCode } from './solution.ts';
import type { View } from './view.ts';

/** Alternatives that are followed before the best choice so far is taken. */
const MAX_ALTERNATIVES = 150;

/** The cost of a jump to a subgraph that may be asked for this alone. It decides between solutions of as many requests. */
const NOT_PREFERRED = 0.5;

/** A field that must be answered. */
interface Need {
  readonly field: Field;
  /** It must have arrived before this level. */
  readonly before: number;
  readonly options: readonly Option[];
}

interface Priced {
  readonly option: Option;
  readonly price: number;
}

/** A field with the way that it is answered. */
export interface Chosen {
  readonly field: Field;
  readonly option: Option;
}

export interface Choice {
  readonly chosen: readonly Chosen[];
  readonly requests: ReadonlySet<number>;
  readonly extra: number;
}

/**
 * Chooses for each field how it is answered, and with it which jumps are made, at the lowest cost that it finds: fields
 * with one option first, then by branch and bound. A jump that is chosen needs its key, and a field with `@requires` what
 * it requires, from lower levels. Undefined where a field has no option.
 */
export class Chooser {
  readonly #goals: Search;
  readonly #type: string;
  readonly #views: readonly View[];
  readonly #initialCount: number;
  readonly #jumps: readonly JumpView[];
  readonly #options = new Map<string, readonly Option[]>();

  #inputs: Need[] = [];
  #needs: Need[] = [];
  #next = 0;
  #chosen: Chosen[] = [];
  #done = new Set<string>();
  #requests = new Map<number, number>();
  #requestCount = 0;
  #extra = 0;
  #undo: (() => void)[] = [];
  #alternatives = 0;
  #best: (Choice & { readonly cost: number }) | undefined;

  constructor(search: Search, type: string, initial: readonly View[], jumps: readonly JumpView[]) {
    this.#goals = search;
    this.#type = type;
    this.#jumps = jumps;
    this.#initialCount = initial.length;
    this.#views = [...initial, ...jumps.map(({ view }) => view)];
  }

  choose(fields: readonly Field[]): Choice | undefined {
    const needs = fields.map((field) => this.#need(field, Number.POSITIVE_INFINITY, false));
    if (needs.some(({ options }) => options.length === 0)) return undefined;
    this.#needs = needs.sort((one, other) => one.options.length - other.options.length);
    this.#branch();
    return this.#best;
  }

  #need(field: Field, before: number, isInput: boolean): Need {
    const name = `${field.name} ${field.sub?.id ?? ''} ${isInput}`;
    let options = this.#options.get(name);
    if (!options) {
      const find = () => optionsFor(this.#goals, this.#type, field, this.#views, this.#initialCount, isInput);
      options = isInput ? this.#goals.asInput(find) : find();
      this.#options.set(name, options);
    }
    return { field, before, options };
  }

  #branch(): void {
    const mark = this.#undo.length;
    for (let need = this.#take(); ; need = this.#take()) {
      if (!need) {
        this.#keepIfBetter();
        break;
      }
      this.#goals.steps.take();
      const { field } = need;
      const able = need.options.filter(({ level }) => level < need.before);
      const priced = this.#inOrder(able.map((option) => ({ option, price: this.#priceOf(option) })));
      const [first, second] = priced;
      if (!first || this.#cost + first.price >= this.#bestCost) break;
      if (!second || first.price < REQUEST_COST || this.#alternatives >= MAX_ALTERNATIVES) {
        this.#assign(field, first.option);
        continue;
      }
      for (const { option, price } of priced) {
        if (this.#cost + price >= this.#bestCost) break;
        const before = this.#undo.length;
        this.#alternatives += 1;
        this.#assign(field, option);
        this.#branch();
        this.#undoTo(before);
      }
      break;
    }
    this.#undoTo(mark);
  }

  /** Inputs are looked at first, as they may make jumps that others can use. */
  #take(): Need | undefined {
    const input = this.#inputs.pop();
    if (input) {
      this.#undo.push(() => this.#inputs.push(input));
      return input;
    }
    const need = this.#needs[this.#next];
    if (!need) return undefined;
    this.#next += 1;
    this.#undo.push(() => {
      this.#next -= 1;
    });
    return need;
  }

  /** The cheapest first; of those that take as many requests, the one whose jumps answer most of what is left. */
  #inOrder(priced: Priced[]): Priced[] {
    const cheapest = Math.min(...priced.map(({ price }) => price));
    if (priced.length < 2 || cheapest < REQUEST_COST) return priced.sort((one, other) => one.price - other.price);
    const covered = new Map(priced.map(({ option }) => [option, this.#coveredBy(option)]));
    const requests = ({ price }: Priced) => Math.floor(price / REQUEST_COST);
    return priced.sort(
      (one, other) =>
        requests(one) - requests(other) ||
        covered.get(other.option)! - covered.get(one.option)! ||
        one.price - other.price,
    );
  }

  /** How many of the fields that are left the views of an option answer. */
  #coveredBy({ views }: Option): number {
    let count = 0;
    this.#goals.steps.take(Math.ceil((this.#needs.length - this.#next) / 10));
    for (let index = this.#next; index < this.#needs.length; index++) {
      if (this.#needs[index]!.options.some((option) => option.views.every((view) => views.includes(view)))) count += 1;
    }
    return count;
  }

  #priceOf({ views, requests, extra }: Option): number {
    let price = extra;
    for (const code of requests) if (!this.#requests.get(code)) price += REQUEST_COST;
    for (const index of views) if (index >= this.#initialCount) price += this.#priceOfJump(index);
    return price;
  }

  #priceOfJump(index: number): number {
    if (this.#done.has(`jump ${index}`)) return 0;
    const view = this.#views[index]!;
    const { level, type } = view;
    return this.#extraOfJump(view) + (this.#requests.get(requestCode(level, type.subgraph.index)) ? 0 : REQUEST_COST);
  }

  #extraOfJump({ level, type }: View): number {
    return 1 + 0.1 * level + (this.#goals.preferred.has(type.subgraph.index) ? 0 : NOT_PREFERRED);
  }

  #assign(field: Field, option: Option): void {
    this.#chosen.push({ field, option });
    this.#undo.push(() => this.#chosen.pop());
    this.#addExtra(option.extra);
    for (const code of option.requests) this.#request(code);
    for (const index of option.views) {
      if (index < this.#initialCount) continue;
      const { view, key, target } = this.#jumps[index - this.#initialCount]!;
      if (this.#once(`jump ${index}`)) {
        this.#addExtra(this.#extraOfJump(view));
        this.#request(requestCode(view.level, view.type.subgraph.index));
        this.#needAll(this.#goals.selections.forType(key, this.#type), view.level);
      }
      const requires = target.type.fields.get(field.name)?.requires;
      if (requires && view.enabled.includes(field.name) && this.#once(`requires ${index} ${field.name}`)) {
        this.#needAll(this.#goals.selections.forType(requires, this.#type), view.level);
      }
    }
  }

  #needAll(fields: readonly Field[], before: number): void {
    const length = this.#inputs.length;
    for (const field of fields) this.#inputs.push(this.#need(field, before, true));
    this.#undo.push(() => {
      this.#inputs.length = length;
    });
  }

  #once(what: string): boolean {
    if (this.#done.has(what)) return false;
    this.#done.add(what);
    this.#undo.push(() => this.#done.delete(what));
    return true;
  }

  #request(code: number): void {
    const times = this.#requests.get(code) ?? 0;
    this.#requests.set(code, times + 1);
    if (times === 0) this.#requestCount += 1;
    this.#undo.push(() => {
      this.#requests.set(code, times);
      if (times === 0) this.#requestCount -= 1;
    });
  }

  #addExtra(extra: number): void {
    this.#extra += extra;
    this.#undo.push(() => {
      this.#extra -= extra;
    });
  }

  get #cost(): number {
    return this.#requestCount * REQUEST_COST + this.#extra;
  }

  get #bestCost(): number {
    return this.#best?.cost ?? Number.POSITIVE_INFINITY;
  }

  #keepIfBetter(): void {
    const cost = this.#cost;
    if (cost >= this.#bestCost) return;
    const requests = new Set(Array.from(this.#requests).flatMap(([code, times]) => (times > 0 ? code : [])));
    this.#best = { cost, chosen: [...this.#chosen], requests, extra: this.#extra };
  }

  #undoTo(mark: number): void {
    while (this.#undo.length > mark) this.#undo.pop()!();
  }
}
