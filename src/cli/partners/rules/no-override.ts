import { refusedDirective } from './refused-directive.ts';

/** Refuses `@override`: it takes a field from its owner. */
export const noOverride = refusedDirective(
  'override',
  "a field stays with the subgraph that owns it, and a partner can't take it over",
);
