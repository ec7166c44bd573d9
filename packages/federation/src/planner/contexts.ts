import { FederationError } from './errors.ts';
import type { ContextArgument, Model, SubgraphField, Target } from './model/model.ts';
import { narrowed, type Path } from './path.ts';
import type { Field, Selection, Selections } from './selection.ts';
import type { Views } from './solve/view.ts';
import type { Steps } from './steps.ts';

/** A variable of an entity fetch whose value an object above the entity holds. */
export interface ContextInput {
  readonly variable: string;
  /** The type that the subgraph declares for the argument. */
  readonly type: string;
  /** How many steps of the entity's path lead to the object that sets the context. */
  readonly depth: number;
  /** The selection that is read there: a chain of fields to one leaf. */
  readonly selection: Selection;
}

/** Fields with `@fromContext` at one place. They are asked for by an entity fetch after everything else. */
export interface ContextualGroup {
  readonly name: string;
  readonly type: string;
  readonly target: Target;
  /** The number of ways to ask for them: each subgraph that reads its contexts here, by each of its keys. */
  readonly wayCount: number;
  readonly path: Path;
  /** 1 for those that an operation without contextual fields leads to, one more below each contextual field. */
  readonly phase: number;
  readonly fields: Field[];
  readonly inputs: Field[];
  readonly contexts: ContextInput[];
}

/** An object on the way to a field, and what contextual fields below it read of it. */
interface Enclosing {
  readonly type: string;
  readonly depth: number;
  readonly needs: Field[];
}

interface Place {
  readonly path: Path;
  readonly enclosing: readonly Enclosing[];
  readonly phase: number;
}

/** The way of a group that asks for no key at all, to find out by which keys the others can be asked for. */
export const NO_WAY = -1;

/**
 * Takes the fields with `@fromContext` out of an operation. In their place the operation asks for a key of their object,
 * and at the nearest enclosing object that sets the context for what they read.
 */
export class ContextualFields {
  readonly #model: Model;
  readonly #selections: Selections;
  readonly #views: Views;
  readonly #steps: Steps;
  readonly #ways: ReadonlyMap<string, number>;
  readonly #groups = new Map<string, ContextualGroup>();
  readonly #known = new Map<string, boolean>();

  /** @param ways the way of each group, by the group's name; the first where it isn't named */
  constructor(model: Model, selections: Selections, views: Views, steps: Steps, ways: ReadonlyMap<string, number>) {
    this.#model = model;
    this.#selections = selections;
    this.#views = views;
    this.#steps = steps;
    this.#ways = ways;
  }

  get groups(): readonly ContextualGroup[] {
    return [...this.#groups.values()];
  }

  /** Returns the fields of a root type without those that read contexts. */
  takeFrom(type: string, fields: readonly Field[]): readonly Field[] {
    if (this.#model.contexts.size === 0) return fields;
    return this.#object(type, fields, { path: [], enclosing: [], phase: 1 });
  }

  #selection(selection: Selection, typeName: string, place: Place): Selection {
    if (!this.#hasContextual(selection, typeName)) return selection;
    this.#steps.take();
    const { isAbstract, possible } = this.#model.types.get(typeName)!;
    const fieldsOf = (object: string, path: Path) =>
      this.#object(object, this.#selections.forType(selection, object), { ...place, path });
    if (!isAbstract) return this.#selections.of(fieldsOf(typeName, place.path), []);
    const conditions = possible.map((object) => ({
      type: object,
      selection: this.#selections.of(fieldsOf(object, narrowed(place.path, [object])), []),
    }));
    return this.#selections.of([this.#typename()], conditions);
  }

  #object(type: string, fields: readonly Field[], place: Place): readonly Field[] {
    const own: Enclosing = { type, depth: place.path.length, needs: [] };
    const inner: Place = { ...place, enclosing: [...place.enclosing, own] };
    const left = fields.flatMap((field): readonly Field[] => {
      const targets = this.#contextualTargets(type, field.name);
      const usable = targets.filter((target) => this.#areContextsSet(target.type.fields.get(field.name)!, place));
      if (usable.length === 0) {
        if (targets.length > 0 && !this.#isElsewhere(type, field.name)) throw notInContext(field.name);
        return [this.#below(type, field, inner)];
      }
      const group = this.#groupOf(type, usable, place);
      const there = group.target.type.fields.get(field.name)!;
      const asked = this.#below(type, field, { ...inner, phase: place.phase + 1 });
      group.fields.push(this.#withArguments(asked, there, group, place));
      const inputs = there.requires ? this.#selections.forType(there.requires, type) : [];
      group.inputs.push(...inputs);
      return [this.#typename(), ...group.inputs];
    });
    return this.#selections.unite([...left, ...own.needs]);
  }

  #below(type: string, field: Field, { path, ...place }: Place): Field {
    const typeName = this.#model.types.get(type)?.fields.get(field.name);
    if (!field.sub || typeName === undefined) return field;
    const isList = this.#model.types.get(type)!.lists.has(field.name);
    const step = { key: field.key, isList, types: undefined };
    const sub = this.#selection(field.sub, typeName, { ...place, path: [...path, step] });
    return sub === field.sub ? field : this.#selections.field({ ...field, sub });
  }

  #groupOf(type: string, targets: readonly Target[], { path, phase }: Place): ContextualGroup {
    const names = targets.map(({ type: there, mayEnable }) => [there.subgraph.index, ...mayEnable]);
    const name = JSON.stringify([type, names, path, phase]);
    let group = this.#groups.get(name);
    if (!group) {
      const ways = targets.flatMap((target) => target.keys.map((key) => ({ target, key })));
      const way = this.#ways.get(name) ?? 0;
      const { target, key } = ways[Math.max(way, 0)]!;
      const inputs = way === NO_WAY ? [] : [...this.#selections.forType(key, type)];
      group = { name, type, target, wayCount: ways.length, path, phase, fields: [], inputs, contexts: [] };
      this.#groups.set(name, group);
    }
    return group;
  }

  /** Returns the field with its contextual arguments as variables, and notes what they read of the enclosing objects. */
  #withArguments(field: Field, there: SubgraphField, { contexts }: ContextualGroup, { enclosing }: Place): Field {
    const written = there.contexts.map((context) => {
      const { argument, type } = context;
      const { setter, read } = this.#readOf(context, enclosing)!;
      const own = this.#withTypenames(this.#selections.of([read], []));
      setter.needs.push(...own.fields);
      const { depth } = setter;
      let known = contexts.find((one) => one.type === type && one.depth === depth && one.selection === own);
      if (!known) {
        known = { variable: `_c${contexts.length}`, type, depth, selection: own };
        contexts.push(known);
      }
      return `${argument}:$${known.variable}`;
    });
    const args = `(${[...(field.args === '' ? [] : [field.args.slice(1, -1)]), ...written].join(' ')})`;
    return this.#selections.field({ ...field, args });
  }

  #areContextsSet({ contexts }: SubgraphField, { enclosing }: Place): boolean {
    return contexts.every((context) => this.#readOf(context, enclosing) !== undefined);
  }

  /** Returns the nearest enclosing object that sets a context, and the field that is read of it. */
  #readOf({ context, selection }: ContextArgument, enclosing: readonly Enclosing[]) {
    const setter = enclosing.findLast((one) => this.#sets(one.type, context));
    const [read, ...more] = setter ? this.#selections.forType(selection, setter.type) : [];
    return setter && read && more.length === 0 ? { setter, read } : undefined;
  }

  /** Asks for the types of the objects whose type decides what is read. */
  #withTypenames({ fields, conditions }: Selection): Selection {
    const own = fields.map((field) =>
      field.sub ? this.#selections.field({ ...field, sub: this.#withTypenames(field.sub) }) : field,
    );
    if (conditions.length === 0) return this.#selections.of(own, []);
    return this.#selections.of(
      this.#selections.unite([this.#typename(), ...own]),
      conditions.map(({ type, selection }) => ({ type, selection: this.#withTypenames(selection) })),
    );
  }

  #sets(type: string, context: string): boolean {
    const setters = this.#model.contexts.get(context) ?? [];
    return setters.some((setter) => this.#model.satisfies(setter, type));
  }

  #contextualTargets(type: string, name: string): readonly Target[] {
    const targets = this.#model.types.get(type)?.targets ?? [];
    return targets.filter(({ type: there, mayEnable }) => {
      const field = there.fields.get(name);
      if (!field || field.contexts.length === 0 || !this.#views.isHere(field)) return false;
      return !field.requires || mayEnable.has(name);
    });
  }

  /** Returns whether a subgraph has the field without contexts, of its own or where it provides it. */
  #isElsewhere(type: string, name: string): boolean {
    return this.#model.subgraphs.some(({ types }) => {
      const field = types.get(type)?.fields.get(name);
      return field !== undefined && field.contexts.length === 0 && this.#views.isHere(field);
    });
  }

  #hasContextual(selection: Selection, typeName: string): boolean {
    const name = `${selection.id} ${typeName}`;
    let known = this.#known.get(name);
    if (known === undefined) {
      this.#steps.take();
      known = (this.#model.types.get(typeName)?.possible ?? []).some((object) =>
        this.#selections.forType(selection, object).some(({ name: field, sub }) => {
          if (this.#contextualTargets(object, field).length > 0) return true;
          const inner = this.#model.types.get(object)?.fields.get(field);
          return sub !== undefined && inner !== undefined && this.#hasContextual(sub, inner);
        }),
      );
      this.#known.set(name, known);
    }
    return known;
  }

  #typename(): Field {
    return this.#selections.field({ key: '__typename', name: '__typename', args: '', variables: [], sub: undefined });
  }
}

function notInContext(field: string): FederationError {
  return new FederationError(
    'NOT_PLANNABLE',
    `No object above "${field}" sets the context that it takes an argument from.`,
  );
}
