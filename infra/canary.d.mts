/** Adds aliases, and the groups that shift them, to a compiled template, in place. */
export function addAliases(template: { readonly Resources: Record<string, { Type: string }> }, canary: string): void;
