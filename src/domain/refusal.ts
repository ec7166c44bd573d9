/** An expected refusal of an input: data for the client, never an exception. */
export interface Refusal<Code extends string = string> {
  readonly code: Code;
  /** Path of the input's field, e.g. `['staffReturned']`; empty where the input as a whole is refused. */
  readonly field: readonly string[];
  /** Plain English for a person, without personal data. */
  readonly message: string;
}

/** The result of a rule about an input: the value to go on with, or every refusal at once. */
export type Decision<Value, Code extends string = string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusals: readonly Refusal<Code>[] };

/** Returns a decision of one refusal. */
export function refuse<Code extends string>(code: Code, field: readonly string[], message: string) {
  const refusal: Refusal<Code> = { code, field, message };
  return { ok: false as const, refusals: [refusal] };
}
