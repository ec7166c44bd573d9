import * as z from 'zod';

/** RFC 7517 §5; what a key must have beyond `kty` is seen when it is used. */
export const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) });
