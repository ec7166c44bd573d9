import { forwardOutbox } from './forward-outbox.ts';
import { handOn } from './hand-on.ts';
import { caseTallies } from './statistics.ts';

/** The consumers of the stream of talent, without the access log's, which has a role of its own. */
export const CASE_CONSUMERS = [caseTallies, forwardOutbox] as const;

/** Reads the stream of talent for the consumers that follow cases. */
export const handler = handOn(CASE_CONSUMERS);
