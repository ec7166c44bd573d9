import { refusedDirective } from './refused-directive.ts';

/** It reads nothing of the objects above its own: such data would travel to it unmarked. */
export const noContext = refusedDirective(
  'context',
  'data of the objects above would travel to the partner unseen; take what is needed as an argument or by @requires',
);
