import type { ContextInput, ContextualGroup } from '../contexts.ts';
import type { SubgraphField, SubgraphType } from '../model/model.ts';
import { narrowed, type Path, Paths } from '../path.ts';
import type { Field } from '../selection.ts';
import type { AbstractNode, Ask, Jump, Node, ObjectNode } from '../solve/solution.ts';
import type { Steps } from '../steps.ts';

/** A selection set in a subgraph's operation. Equal ones are one object. */
export interface Slot {
  readonly id: number;
  readonly type: SubgraphType;
  isTypenameAsked: boolean;
  readonly fields: Map<string, SlotField>;
  readonly byType: Map<string, Slot>;
}

export interface SlotField {
  readonly field: Field;
  readonly there: SubgraphField;
  readonly sub: Slot | undefined;
}

/** One request of a wave to one subgraph, at one or more places. */
export interface Part {
  readonly subgraph: string;
  readonly level: number;
  readonly slot: Slot;
  readonly paths: Paths;
  /** Absent for a root fetch. */
  readonly entity: EntityInputs | undefined;
}

export interface EntityInputs {
  /** The type that the representations' objects have in the answer. */
  readonly type: string;
  readonly inputs: readonly Field[];
  /** The `__typename` that is sent instead of the object's own. */
  readonly typename: string | undefined;
  /** The values that objects above hold for it. */
  readonly contexts: readonly ContextInput[];
}

/** Where a node of the solution is asked for: one slot for each of its views. */
interface Position {
  readonly node: Node;
  readonly slots: readonly (Slot | undefined)[];
  /** The levels of the slots' fetches. */
  readonly levels: readonly number[];
  readonly paths: Paths;
}

/** Turns a solution into the parts of its fetches. Work is shared where positions have equal solutions. */
export class Builder {
  readonly #steps: Steps;
  readonly #parts = new Map<string, Part>();
  readonly #concurrency = new Map<string, Slot>();
  #layer = new Map<string, Position>();
  #nextLayer = new Map<string, Position>();
  #depth = 0;
  #nextSlot = 0;

  constructor(steps: Steps) {
    this.#steps = steps;
  }

  build(root: Node): Part[] {
    const paths = new Paths();
    paths.add([]);
    return this.#buildFrom({ node: root, slots: [], levels: [], paths });
  }

  /** Builds the entity fetch of fields that read contexts, and what follows from it. */
  buildContextual(node: Node, { type, target, path, inputs, contexts }: ContextualGroup, level: number): Part[] {
    const paths = new Paths();
    paths.add(path);
    const slot = this.#newSlot(target.type);
    const { typename } = target;
    const entity = { type, inputs, typename, contexts };
    this.#parts.set(`contextual ${slot.id}`, { subgraph: target.type.subgraph.name, level, slot, paths, entity });
    return this.#buildFrom({ node, slots: [slot], levels: [level], paths });
  }

  #buildFrom(position: Position): Part[] {
    this.#layer.set('', position);
    while (this.#layer.size > 0) {
      for (const position of this.#layer.values()) this.#expand(position);
      this.#layer = this.#nextLayer;
      this.#nextLayer = new Map();
      this.#depth += 1;
    }
    return [...this.#parts.values()];
  }

  #expand({ node, slots, levels, paths }: Position): void {
    this.#steps.take();
    if (node.kind === 'object') this.#expandObject(node, slots, levels, paths.all());
    else this.#expandAbstract(node, slots, levels, paths.all());
  }

  #expandAbstract(
    { common, byType }: AbstractNode,
    slots: readonly (Slot | undefined)[],
    levels: readonly number[],
    paths: readonly Path[],
  ): void {
    const base = levels.length > 0 ? Math.min(...levels) : 0;
    const views = this.#expandObject(common, slots, levels, paths, base);
    for (const { node, views: own } of byType) {
      const types = [node.type];
      const typed = own.map((index) => {
        const slot = views.slots[index];
        return slot && this.#typedSlot(slot, node.type);
      });
      const at = paths.map((path) => narrowed(path, types));
      this.#expandObject(
        node,
        typed,
        own.map((index) => views.levels[index]!),
        at,
        base,
      );
    }
  }

  /** Writes an object's fields into the slots of its views, and makes its jumps. Returns the slots of all its views. */
  #expandObject(
    node: ObjectNode,
    initial: readonly (Slot | undefined)[],
    initialLevels: readonly number[],
    paths: readonly Path[],
    givenBase?: number,
  ): { readonly slots: readonly (Slot | undefined)[]; readonly levels: readonly number[] } {
    const base = givenBase ?? (initialLevels.length > 0 ? Math.min(...initialLevels) : 0);
    const levels = [...initialLevels];
    const slots = [...initial];
    node.jumps.forEach((jump, index) => {
      const part = this.#part(node, jump, index, base + jump.level, paths);
      levels.push(part.level);
      slots.push(part.slot);
    });
    for (const index of node.tellers) {
      const slot = slots[index];
      if (slot) slot.isTypenameAsked = true;
    }
    for (const [key, asks] of asksByKey(node)) this.#ask(key, asks, slots, levels, paths);
    return { slots, levels };
  }

  #part(node: ObjectNode, jump: Jump, index: number, level: number, paths: readonly Path[]): Part {
    const { target, inputs } = jump;
    const name = `${this.#depth} ${level} ${node.id} ${index}`;
    let part = this.#parts.get(name);
    if (!part) {
      const { isRoot, typename, type } = target;
      part = {
        subgraph: type.subgraph.name,
        level,
        slot: this.#newSlot(type),
        paths: new Paths(),
        entity: isRoot ? undefined : { type: node.type, inputs, typename, contexts: [] },
      };
      this.#parts.set(name, part);
    }
    for (const path of paths) {
      this.#steps.take();
      part.paths.add(path);
    }
    return part;
  }

  /** Asks for a key in the slots of one view or several. */
  #ask(
    key: string,
    asks: readonly Ask[],
    slots: readonly (Slot | undefined)[],
    levels: readonly number[],
    paths: readonly Path[],
  ): void {
    this.#steps.take(asks.length);
    const [model] = asks;
    if (!model) return;
    if (model.field.name === '__typename') {
      for (const index of model.views) if (slots[index]) slots[index].isTypenameAsked = true;
      return;
    }
    const inner = new Map<number, Slot>();
    for (const index of new Set(asks.flatMap(({ views }) => views))) {
      const slot = slots[index];
      if (!slot) continue;
      const there = asks.flatMap(({ views, there }) => there[views.indexOf(index)] ?? [])[0]!;
      const known = slot.fields.get(key);
      const sub = model.child ? (known?.sub ?? this.#innerSlot(slot, there, asks, index)) : undefined;
      if (!known) slot.fields.set(key, { field: model.field, there, sub });
      if (sub) inner.set(index, sub);
    }
    for (const { child, views, there } of asks) {
      if (!child) continue;
      const step = { key, isList: there.some((field) => field?.isList), types: undefined };
      const innerSlots = views.map((index) => inner.get(index));
      const innerLevels = views.map((index) => levels[index]!);
      const name = `${child.id} ${innerSlots.map((slot) => slot?.id).join()} ${innerLevels.join()}`;
      let position = this.#nextLayer.get(name);
      if (!position) {
        position = { node: child, slots: innerSlots, levels: innerLevels, paths: new Paths() };
        this.#nextLayer.set(name, position);
      }
      for (const path of paths) {
        this.#steps.take();
        position.paths.add([...path, step]);
      }
    }
  }

  /** The slot below a field. What is asked there follows from the nodes and which of their views it is. */
  #innerSlot(slot: Slot, { typeName }: SubgraphField, asks: readonly Ask[], index: number): Slot {
    const type = slot.type.subgraph.types.get(typeName)!;
    const content = asks.flatMap(({ child, views }) =>
      views.includes(index) ? `${child?.id}.${views.indexOf(index)}` : [],
    );
    const name = `${this.#depth} ${type.subgraph.index} ${typeName} ${content.join()}`;
    const known = this.#concurrency.get(name);
    if (known) return known;
    const made = this.#newSlot(type);
    this.#concurrency.set(name, made);
    return made;
  }

  #typedSlot(slot: Slot, object: string): Slot {
    const own = slot.type.isInterfaceObject ? undefined : slot.type.subgraph.types.get(object);
    if (!own || own === slot.type) return slot;
    let typed = slot.byType.get(object);
    if (!typed) {
      typed = this.#newSlot(own);
      slot.byType.set(object, typed);
    }
    return typed;
  }

  #newSlot(type: SubgraphType): Slot {
    return { id: this.#nextSlot++, type, isTypenameAsked: false, fields: new Map(), byType: new Map() };
  }
}

function asksByKey({ asks }: ObjectNode): Map<string, Ask[]> {
  const byKey = new Map<string, Ask[]>();
  for (const ask of asks) {
    const known = byKey.get(ask.field.key);
    if (known) known.push(ask);
    else byKey.set(ask.field.key, [ask]);
  }
  return byKey;
}
