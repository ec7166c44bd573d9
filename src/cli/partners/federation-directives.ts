import { type ConstDirectiveNode, valueFromASTUntyped } from 'graphql';

/**
 * Whether a directive is federation's of that name: imported, or by its full name. Other names for it are refused with the
 * rule on links.
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

/** An argument as a plain value; undefined where it isn't given. */
export function argument(directive: ConstDirectiveNode, name: string): unknown {
  const given = directive.arguments?.find((each) => each.name.value === name);
  return given && valueFromASTUntyped(given.value);
}
