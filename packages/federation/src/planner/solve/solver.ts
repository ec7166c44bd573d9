import type { Model } from '../model/model.ts';
import type { Field, Selection, Selections } from '../selection.ts';
import type { Steps } from '../steps.ts';
import { Chooser } from './choose.ts';
import { reach } from './reach.ts';
import type { ObjectOptions, Search, SolvedObject } from './search.ts';
import type { Operation } from './sole-providers.ts';
import type { Ask, Jump, JumpView, Solution } from './solution.ts';
import { solveAbstract } from './solve-abstract.ts';
import { type View, type Views, viewName } from './view.ts';

/** Inputs within inputs that are followed; deeper ones are taken for impossible. */
const MAX_INPUT_DEPTH = 16;

/**
 * Finds the cheapest way to ask for selections, and remembers it: equal selections on a type with equal views have one
 * solution, wherever they are.
 */
export class Solver implements Search {
  readonly model: Model;
  readonly selections: Selections;
  readonly views: Views;
  readonly steps: Steps;
  readonly preferred: ReadonlySet<number>;
  readonly #known = new Map<string, Solution | undefined>();
  readonly #reached = new Map<string, readonly JumpView[]>();
  readonly #underWay = new Map<string, number>();
  /** The outermost goal under way that an attempt was cut for. */
  #cutAt = Number.POSITIVE_INFINITY;
  #inputDepth = 0;
  #nextNode = 0;

  /** @param preferred the indices of subgraphs that are preferred where others cost the same */
  constructor({ model, selections, views, steps }: Operation, preferred: ReadonlySet<number>) {
    this.model = model;
    this.selections = selections;
    this.views = views;
    this.steps = steps;
    this.preferred = preferred;
  }

  newNodeId(): number {
    return this.#nextNode++;
  }

  /** Returns the jumps of a position, as they were found for one like it. They too may rest on a cut. */
  rememberReach(name: string, find: () => readonly JumpView[]): readonly JumpView[] {
    const known = this.#reached.get(name);
    if (known) return known;
    const cutBefore = this.#cutAt;
    this.#cutAt = Number.POSITIVE_INFINITY;
    const jumps = find();
    if (this.#cutAt === Number.POSITIVE_INFINITY) this.#reached.set(name, jumps);
    this.#cutAt = Math.min(cutBefore, this.#cutAt);
    return jumps;
  }

  /** Runs the search for an input. */
  asInput<T>(search: () => T): T {
    this.#inputDepth += 1;
    try {
      return search();
    } finally {
      this.#inputDepth -= 1;
    }
  }

  /**
   * Returns the cheapest solution of a selection at a position; undefined where there is none. A goal that comes up again
   * below itself is cut there: whatever answers it below answers it here too, as a goal doesn't depend on its position. A
   * failure that rests on such a cut is not remembered, as it holds only below the goal that was cut.
   */
  solve(selection: Selection, typeName: string, views: readonly View[]): Solution | undefined {
    const base = Math.min(...views.map(({ level }) => level));
    const name = `${selection.id} ${typeName} ${views.map((view) => viewName(view, base)).join()}`;
    if (this.#known.has(name)) return this.#known.get(name);
    const cut = this.#underWay.get(name);
    if (cut !== undefined || this.#inputDepth > MAX_INPUT_DEPTH) {
      this.#cutAt = Math.min(this.#cutAt, cut ?? 0);
      return undefined;
    }
    this.steps.take();
    const position = this.#underWay.size;
    const cutBefore = this.#cutAt;
    this.#cutAt = Number.POSITIVE_INFINITY;
    this.#underWay.set(name, position);
    const solution = this.#solveHere(selection, typeName, views, base);
    this.#underWay.delete(name);
    const isCut = this.#cutAt < position;
    if (solution || !isCut) this.#known.set(name, solution);
    this.#cutAt = Math.min(cutBefore, isCut ? this.#cutAt : Number.POSITIVE_INFINITY);
    return solution;
  }

  #solveHere(selection: Selection, typeName: string, views: readonly View[], base: number): Solution | undefined {
    const relative = base === 0 ? views : views.map((view) => ({ ...view, level: view.level - base }));
    if (this.model.types.get(typeName)?.isAbstract) return solveAbstract(this, selection, typeName, relative);
    const narrowed = relative.flatMap((view) => this.views.narrow(view, typeName) ?? []);
    if (narrowed.length < relative.length) return undefined;
    return this.solveObject(typeName, this.selections.forType(selection, typeName), narrowed);
  }

  /** Returns the cheapest way to answer fields of objects of one type. */
  solveObject(
    type: string,
    fields: readonly Field[],
    views: readonly View[],
    { after = -1, mayJump = true, isTypeTold = false }: ObjectOptions = {},
  ): SolvedObject | undefined {
    const direct = new Chooser(this, type, views, []).choose(fields);
    const jumps = mayJump && (!direct || direct.requests.size > 0) ? reach(this, type, fields, views, after) : [];
    const choice = jumps.length > 0 ? (new Chooser(this, type, views, jumps).choose(fields) ?? direct) : direct;
    if (!choice) return undefined;

    const made = new Set(choice.chosen.flatMap(({ option }) => option.views.filter((index) => index >= views.length)));
    const order = [...made].sort((one, other) => one - other);
    const indexOf = (index: number) => (index < views.length ? index : views.length + order.indexOf(index));
    const asks = new Map<string, Ask>();
    const enabled = new Map<number, Set<string>>();
    let depth = 0;
    for (const { field, option } of choice.chosen) {
      const own = option.views.map(indexOf);
      depth = Math.max(depth, option.level);
      for (const index of option.views) enabled.set(index, (enabled.get(index) ?? new Set<string>()).add(field.name));
      asks.set(`${own.join()} ${field.id} ${option.child?.id ?? ''}`, {
        field,
        views: own,
        there: option.there,
        child: option.child,
      });
    }
    const used = new Set(choice.chosen.flatMap(({ option }) => option.views.filter((index) => index < views.length)));
    // A representation needs its type, and a root fetch that there is something at its place.
    const tellers = order.length > 0 && !isTypeTold ? tellersOf(views, used) : [];
    for (const index of tellers) used.add(index);
    const jumpViews = order.map((index) => jumps[index - views.length]!.view);
    return {
      node: {
        kind: 'object',
        id: this.newNodeId(),
        type,
        viewCount: views.length,
        jumps: order.map((index) => this.#jump(type, jumps[index - views.length]!, enabled.get(index) ?? new Set())),
        asks: [...asks.values()],
        tellers,
      },
      requests: choice.requests,
      extra: choice.extra,
      depth: Math.max(depth, ...jumpViews.map(({ level }) => level)),
      used,
      jumpViews,
    };
  }

  #jump(type: string, { target, key, view }: ReturnType<typeof reach>[number], asked: ReadonlySet<string>): Jump {
    const needed = view.enabled.filter((name) => asked.has(name)).flatMap((name) => target.type.fields.get(name) ?? []);
    const inputs = [key, ...needed.flatMap(({ requires }) => requires ?? [])];
    return {
      target,
      level: view.level,
      inputs: this.selections.unite(inputs.flatMap((input) => this.selections.forType(input, type))),
    };
  }
}

/** The used views of the lowest level; where none is used, the lowest view. */
function tellersOf(views: readonly View[], used: ReadonlySet<number>): number[] {
  if (views.length === 0) return [];
  const lowest = Math.min(...views.map(({ level }) => level));
  const at = views.flatMap(({ level }, index) => (level === lowest ? index : []));
  const usedAt = at.filter((index) => used.has(index));
  return usedAt.length > 0 ? usedAt : at.slice(0, 1);
}
