import { type ConstDirectiveNode, valueFromASTUntyped } from 'graphql';

/**
 * Tells whether a directive is federation's of this name: imported, or by its full name. The rule on links refuses
 * other aliases.
 */
export function isFederations(directive: ConstDirectiveNode, name: string): boolean {
  return directive.name.value === name || directive.name.value === `federation__${name}`;
}

export function directivesOf(directives: readonly ConstDirectiveNode[], name: string): readonly ConstDirectiveNode[] {
  return directives.filter((directive) => isFederations(directive, name));
}

export function hasDirective(directives: readonly ConstDirectiveNode[], name: string): boolean {
  return directivesOf(directives, name).length > 0;
}

/** Returns an argument as a plain value; undefined if it is absent. */
export function argument(directive: ConstDirectiveNode, name: string): unknown {
  const given = directive.arguments?.find((each) => each.name.value === name);
  return given && valueFromASTUntyped(given.value);
}
