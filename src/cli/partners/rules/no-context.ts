import { refusedDirective } from './refused-directive.ts';

/** Refuses `@context`: data of enclosing objects would reach the partner unmarked. */
export const noContext = refusedDirective(
  'context',
  'data of the objects above would travel to the partner unseen; take what is needed as an argument or by @requires',
);
