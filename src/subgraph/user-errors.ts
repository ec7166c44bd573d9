import type { RecordRefusalCode } from '../domain/records/record.ts';
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
  | 'QUOTA_EXCEEDED'
  | 'FACILITY_FULL'
  | 'NO_AGREEMENT'
  | 'COURSE_FULL'
  | 'ENTERPRISE_ENDED';

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

/** The codes of the refusals that all published and versioned records share, as clients see them. */
export const RECORD_CODES = {
  NOT_YOURS: 'NOT_ALLOWED',
  UNKNOWN_RECORD: 'NOT_FOUND',
  RECORD_EXISTS: 'ALREADY_EXISTS',
  OTHER_VERSION: 'VERSION_CONFLICT',
  UNKNOWN_REFERENCE: 'NOT_FOUND',
  INVALID_CODE: 'INVALID',
  INVALID_TEXT: 'INVALID',
  INVALID_VALUE: 'INVALID',
  KEPT: 'NOT_ALLOWED',
  QUOTA_USED: 'QUOTA_EXCEEDED',
} as const satisfies Record<RecordRefusalCode, UserErrorCode>;
