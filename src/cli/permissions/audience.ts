import { type ConstDirectiveNode, print } from 'graphql';
import { isPolicy, isScope } from '../../domain/grants.ts';
import { argument, directivesOf, hasDirective } from '../partners/federation-directives.ts';

/** The tag of public fields. */
export const PUBLIC = 'public';

const GUARDS = ['authenticated', 'requiresScopes', 'policy'] as const;

/** Prints a field's directives that declare its audience, each once. */
export function printAudience(directives: readonly ConstDirectiveNode[]): string {
  const said = [...publicTags(directives), ...GUARDS.flatMap((name) => directivesOf(directives, name))];
  return [...new Set(said.map(print))].join(' ');
}

/** Returns the fault of a field's declared audience; undefined if it is valid. */
export function audienceFault(directives: readonly ConstDirectiveNode[]): string | undefined {
  if (printAudience(directives) === '') return SILENT;
  const isGuarded = GUARDS.some((name) => hasDirective(directives, name));
  if (isGuarded && publicTags(directives).length > 0) return `says @tag(name: "${PUBLIC}") and the contrary.`;
  const unknown = [
    ...namesIn(directives, 'requiresScopes', 'scopes').filter((name) => !isScope(name)),
    ...namesIn(directives, 'policy', 'policies').filter((name) => !isPolicy(name)),
  ];
  return unknown.length > 0 ? `asks for what nobody is granted: ${unknown.join(', ')}.` : undefined;
}

const SILENT = `does not say who may ask for it: @tag(name: "${PUBLIC}"), @authenticated, @requiresScopes or @policy.`;

function publicTags(directives: readonly ConstDirectiveNode[]): readonly ConstDirectiveNode[] {
  return directivesOf(directives, 'tag').filter((tag) => argument(tag, 'name') === PUBLIC);
}

function namesIn(directives: readonly ConstDirectiveNode[], name: string, list: string): readonly string[] {
  return directivesOf(directives, name)
    .map((directive) => argument(directive, list))
    .flat(3)
    .map(String);
}
