import * as z from 'zod';

/** A JSON Web Key Set (RFC 7517 §5). Members beyond `kty` are validated when a key is used. */
export const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) });
