import { CodedError } from '../../errors.ts';
import type { Asking } from './client.ts';

/** Throws UNAUTHENTICATED for nobody in particular: what something would cost is told to who can be held to a budget of their own. */
export function refuseDryRuns({ viewer }: Asking): void {
  if (viewer.kind === 'anonymous') throw new CodedError('UNAUTHENTICATED', 'A dry run is for who says who they are.');
}
