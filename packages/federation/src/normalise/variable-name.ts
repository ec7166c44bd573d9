const PREFIX = '_v_';

/** The name of a client's variable in a normalised operation: a planner has variables of its own, such as `$representations`. */
export function normalisedVariable(name: string): string {
  return PREFIX + name;
}

/** The client's name of a variable in a plan. */
export function clientVariable(name: string): string {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
}
