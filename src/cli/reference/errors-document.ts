import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIMITS } from '@bridgehead/federation';
import { buildSchema, isEnumType } from 'graphql';
import { ERROR_CODES, ERROR_KINDS } from '../../errors.ts';

/** Returns the codes of `userErrors` with their meanings, as the public schema describes them. */
function userErrorCodes(): readonly { readonly name: string; readonly meaning: string }[] {
  const schema = buildSchema(readFileSync(join(import.meta.dirname, '../../../schema/api.graphql'), 'utf8'));
  const type = schema.getType('UserErrorCode');
  if (!isEnumType(type)) throw new Error('the public schema has no UserErrorCode');
  return type.getValues().map(({ name, description }) => ({ name, meaning: description ?? '' }));
}

/** Returns `docs/errors.md`: every stable code, from the code itself. */
export function errorsDocument(): string {
  const codes = ERROR_CODES.filter((code) => code !== 'CONFIGURATION');
  return `# Errors

<!-- repository -->
Written by \`npm run errors\` from \`src/errors.ts\`, \`errors.ts\` and \`limits\` in \`packages/federation/src\`, and
\`schema/api.graphql\`: change it there.
<!-- /repository -->

An error has a \`message\` for people, a \`path\` where it is about a part of the answer, and \`extensions.code\` to switch on. A
refusal that a mutation expects is no error: it is data, in \`userErrors\`, with [codes of its own](#refusals-of-mutations).

An answer with data is sent with 200; one that has errors besides with 294, which any client that doesn't know it takes for
200, in \`application/graphql-response+json\`, and with 200 in \`application/json\`. One without data is sent with the status
below in \`application/graphql-response+json\`; in \`application/json\`, what GraphQL itself says of a request (parsing,
validation, variables, limits) is sent with 200. So [GraphQL over HTTP](https://graphql.github.io/graphql-over-http/draft/)
has it, but for 422, which its edition of September 2026 prefers to 400: clients and tools still expect the latter.

A fault of ours is \`INTERNAL_SERVER_ERROR\` with \`extensions.requestId\` only. The header \`x-request-id\` of every answer has the
same id, and the log has the details under it.

| code | status without data | meaning |
| --- | --- | --- |
${codes.map((code) => `| \`${code}\` | ${ERROR_KINDS[code].status} | ${ERROR_KINDS[code].meaning} |`).join('\n')}

## Refusals of mutations

The codes in \`userErrors\`. Nothing was done, and the same call is refused again until its input or the state of things is
another. A refusal binds no idempotency key: the mended input may be sent with the same one.

| code | meaning |
| --- | --- |
${userErrorCodes()
  .map(({ name, meaning }) => `| \`${name}\` | ${meaning} |`)
  .join('\n')}

## Limits

Held in this order, before anything is planned. What passes one is refused with \`OPERATION_TOO_COMPLEX\` (bytes with
\`PAYLOAD_TOO_LARGE\`), and \`extensions\` says \`limit\`, \`allowed\` and \`found\`. Counting may stop where it is over.

| limit | allowed | of what |
| --- | --- | --- |
${LIMITS.map(({ name, allowed, counts }) => `| \`${name}\` | ${allowed.toLocaleString('en')} | ${counts} |`).join('\n')}
`;
}
