/** A document that the gateway knows by its id, with the types of its answer and of its variables. */
export interface TrustedDocument<Data, Variables> {
  readonly operation: 'query' | 'mutation';
  /** SHA-256 of its text. */
  readonly id: string;
  /** Types only; never set. */
  readonly types?: (variables: Variables) => Data;
}
