import type { Refusal } from '../domain/refusal.ts';

/** `UserErrorCode` of `schema/scalars.graphql`. */
export type UserErrorCode =
  | 'INVALID'
  | 'NOT_FOUND'
  | 'VERSION_CONFLICT'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'ALREADY_EXISTS'
  | 'NOT_ALLOWED'
  | 'ALREADY_CLAIMED'
  | 'DAY_CLOSED'
  | 'QUOTA_EXCEEDED';

/** `UserError` of the schema. */
export interface UserError {
  readonly code: UserErrorCode;
  readonly field: readonly string[] | null;
  readonly message: string;
}

/**
 * Converts a mutation's refusals to its payload's errors.
 * @param codes the client's code for each rule
 * @param names the input's field names, where the rules use others
 */
export function userErrors<Code extends string>(
  refusals: readonly Refusal<Code>[],
  codes: Readonly<Record<Code, UserErrorCode>>,
  names: Readonly<Record<string, string>> = {},
): UserError[] {
  return refusals.map(({ code, field, message }) => {
    const error: UserError = {
      code: codes[code],
      field:
        field.length === 0 ? null : field.map((name) => (Object.hasOwn(names, name) ? (names[name] ?? name) : name)),
      message,
    };
    rules.set(error, code);
    return error;
  });
}

const rules = new WeakMap<UserError, string>();

/** Returns the rule that refused, which clients don't see. */
export function ruleOf(error: UserError): string {
  return rules.get(error) ?? error.code;
}
