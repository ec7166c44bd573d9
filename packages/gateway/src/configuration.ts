import { CodedError, LIMITS } from '@bridgehead/federation';
import * as z from 'zod';

/** Headers that HTTP's own framing or this gateway needs for itself. */
const OWN_HEADERS = [
  'host',
  'connection',
  'content-length',
  'content-type',
  'transfer-encoding',
  'accept',
  'accept-encoding',
];

/** Longest time of one operation that may be configured. */
const MAX_OPERATION_MS = 24_500;

const milliseconds = z.int().min(1).max(MAX_OPERATION_MS);
const headerName = z
  .string()
  .regex(/^[a-z0-9!#$%&'*+.^_`|~-]+$/, 'must be a header name in lower case')
  .refine((name) => !OWN_HEADERS.includes(name), 'is a header that the gateway sends itself');

const headers = z
  .strictObject({
    forward: z.array(headerName).default([]).describe('Headers of the client that are sent on as they came.'),
    set: z.record(headerName, z.string()).default({}).describe('Headers with a value of their own.'),
  })
  .prefault({});

const limitNames = LIMITS.map(({ name }) => name) as [string, ...string[]];

/** The configuration file of `npm run gateway`. */
export const gatewayConfiguration = z
  .strictObject({
    $schema: z.string().optional().describe('Where this schema is, for editors.'),
    timeoutMs: z.int().min(1).max(MAX_OPERATION_MS).default(15_000).describe('Longest time of one operation.'),
    subgraphTimeoutMs: milliseconds.default(5_000).describe('Longest time of one fetch, its retries included.'),
    subgraphs: z
      .record(
        z.string(),
        z.strictObject({
          url: z.url().optional().describe('Where it answers. Default: where the supergraph says.'),
          timeoutMs: milliseconds.optional().describe('Longest time of one fetch of it.'),
          headers: headers.describe('Headers of this subgraph, beside those of all.'),
        }),
      )
      .default({})
      .describe('Settings of single subgraphs, by name.'),
    headers: headers.describe('Headers that every subgraph is sent.'),
    limits: z
      .partialRecord(z.enum(limitNames), z.int().min(1))
      .default({})
      .describe('Limits of requests, by name, where they are other than usual. "cost" holds only where it is given.'),
    jwt: z
      .strictObject({
        issuer: z.string(),
        audience: z.string(),
        jwksUrl: z.url().describe('Where the issuer publishes its keys.'),
        algorithms: z.array(z.string()).default(['RS256', 'ES256']),
        isRequired: z.boolean().default(false).describe('Whether a request without a token is refused.'),
        scopesClaim: z.string().default('scope').describe('The claim with what @requiresScopes asks for.'),
      })
      .optional()
      .describe('Tokens of clients: what @authenticated and @requiresScopes are decided by.'),
    maskErrors: z
      .boolean()
      .default(true)
      .describe("Whether clients read the gateway's words instead of subgraphs' own."),
    introspection: z.boolean().default(true).describe('Whether clients may ask for the schema.'),
    csrfPrevention: z
      .boolean()
      .default(false)
      .describe("Whether a GET needs a header that browsers don't send by themselves."),
  })
  .describe('Configuration of "npm run gateway"');

export type GatewayConfiguration = z.output<typeof gatewayConfiguration>;

/** Returns a configuration with its defaults filled in. Throws CONFIGURATION where the text is none. */
export function readConfiguration(text: string): GatewayConfiguration {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (cause) {
    throw new CodedError('CONFIGURATION', 'The configuration file is not JSON.', { cause });
  }
  const { data, error } = gatewayConfiguration.safeParse(given);
  if (data) return data;
  const faults = error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`);
  throw new CodedError('CONFIGURATION', `The configuration file is not right. ${faults.join('; ')}.`);
}

/** Returns the JSON schema of the file, as `docs/gateway.schema.json` has it. */
export function configurationSchema(): string {
  const schema = z.toJSONSchema(gatewayConfiguration, { io: 'input' });
  return `${JSON.stringify(schema, null, 2)}\n`;
}
