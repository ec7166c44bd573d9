import type { Model, SubgraphField, SubgraphType } from '../model/model.ts';
import type { Selection, Selections } from '../selection.ts';

/** A way to an object: one subgraph answers with it in one fetch. */
export interface View {
  readonly type: SubgraphType;
  /** External fields that the subgraph answers all the same here (`@provides`). */
  readonly provided: Selection;
  /** Fields with `@requires` whose inputs this fetch was sent, sorted. */
  readonly enabled: readonly string[];
  /** The wave of the fetch. */
  readonly level: number;
  /** It answers without knowing the object's type: only what is asked of every type may be asked here. */
  readonly isUntyped: boolean;
}

/** Names a view for memos; its level counts from `base`. */
export function viewName({ type, provided, enabled, level, isUntyped }: View, base: number): string {
  return `${type.subgraph.index}.${type.name}.${provided.id}.${enabled.join('+')}.${level - base}${isUntyped ? 'u' : ''}`;
}

/** Answers which fields views resolve, for one set of active labels. */
export class Views {
  readonly #model: Model;
  readonly #selections: Selections;
  readonly #labels: ReadonlySet<string>;

  constructor(model: Model, selections: Selections, labels: ReadonlySet<string>) {
    this.#model = model;
    this.#selections = selections;
    this.#labels = labels;
  }

  /** Returns a view as one of an object type: undefined where its subgraph doesn't know the type at this place. */
  narrow(view: View, object: string): View | undefined {
    const { type } = view;
    if (type.isInterfaceObject || type.name === object) return view;
    if (!type.possible.has(object)) return undefined;
    const narrowed = type.subgraph.types.get(object);
    if (!narrowed) return undefined;
    const provided = this.#selections.of(this.#selections.forType(view.provided, object), []);
    return { ...view, type: narrowed, provided };
  }

  /**
   * Returns the field as the view's subgraph resolves it, undefined where it doesn't. Of an interface it resolves what each
   * of its types resolves there.
   */
  fieldOf(view: View, name: string): SubgraphField | undefined {
    const { type, provided } = view;
    const field = type.fields.get(name);
    if (!field || !this.isHere(field)) return undefined;
    if (!type.isAbstract || type.isInterfaceObject) {
      const isProvided = this.#selections.forType(provided, type.name).some((one) => one.name === name);
      return this.#isResolved(field, view, isProvided) ? field : undefined;
    }
    for (const object of type.possible) {
      const own = type.subgraph.types.get(object)?.fields.get(name);
      const isProvided = this.#selections.forType(provided, object).some((one) => one.name === name);
      if (!own || !this.isHere(own) || !this.#isResolved(own, view, isProvided)) return undefined;
    }
    return field;
  }

  /** Returns the view of what a field leads to. */
  through(view: View, field: SubgraphField): View | undefined {
    const type = view.type.subgraph.types.get(field.typeName);
    if (!type) return undefined;
    const inherited = this.#selections
      .forType(view.provided, view.type.name)
      .find((one) => one.name === field.name)?.sub;
    const provided = this.#selections.merge(field.provides, inherited) ?? this.#model.selections.empty;
    return { type, provided, enabled: [], level: view.level, isUntyped: false };
  }

  /** Returns whether a field is in its subgraph while these labels are active. */
  isHere({ label, isHereWhenActive }: SubgraphField): boolean {
    return label === undefined || this.#labels.has(label) === isHereWhenActive;
  }

  #isResolved(field: SubgraphField, { enabled }: View, isProvided: boolean): boolean {
    if (isProvided) return true;
    const hasInputs = field.requires !== undefined || field.contexts.length > 0;
    return !field.isExternal && (!hasInputs || enabled.includes(field.name));
  }
}
