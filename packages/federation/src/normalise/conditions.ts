import { Kind, type SelectionNode, visit } from 'graphql';
import type { SelectedOperation } from './select-operation.ts';

/** Values of the variables that `@skip` and `@include` ask for. */
export type Conditions = Readonly<Record<string, boolean>>;

/** Returns whether `@skip` and `@include` leave a selection in (GraphQL §3.13). */
export function isIncluded(selection: SelectionNode, conditions: Conditions): boolean {
  for (const directive of selection.directives ?? []) {
    const name = directive.name.value;
    if (name !== 'skip' && name !== 'include') continue;
    const condition = directive.arguments?.find((argument) => argument.name.value === 'if')?.value;
    const value =
      condition?.kind === Kind.VARIABLE
        ? conditions[condition.name.value] === true
        : condition?.kind === Kind.BOOLEAN && condition.value;
    if (value === (name === 'skip')) return false;
  }
  return true;
}

/** The variables that decide which selections are included. */
export function decidingVariables({ operation, fragments }: SelectedOperation): readonly string[] {
  const names = new Set<string>();
  for (const node of [operation, ...fragments.values()]) {
    visit(node, {
      Directive({ name, arguments: given }) {
        if (name.value !== 'skip' && name.value !== 'include') return;
        for (const { value } of given ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
      },
    });
  }
  return [...names];
}
