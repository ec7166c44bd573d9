import type { Dynamo } from './client/dynamo.ts';
import type { Cursors } from './cursor.ts';
import type { KeptReads } from './kept-reads.ts';

/** The scope of a store's work: a request, or a batch of a stream. */
export interface Scope {
  /** Epoch milliseconds after which no caller waits for a response. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  /** Identifies the caller, so that cursors and idempotency keys of different callers never match. */
  readonly owner: string;
  /**
   * The applicant who sends the request. Their input is about themselves, and their stored data are deleted by their
   * erasure.
   */
  readonly person?: string;
  /** True where the request may see what is some seconds old: it changes nothing, and its caller has changed nothing lately. */
  readonly mayReadKept?: boolean;
  /** True where the caller is anonymous. Strangers may see what changes all day some seconds late. */
  readonly isStranger?: boolean;
  /** Set where nothing may be written: transactions end as if they were committed, and other writes are refused. */
  readonly validatesOnly?: boolean;
}

/** A table, opened for one request. */
export interface Table extends Scope {
  readonly dynamo: Dynamo;
  readonly name: string;
  readonly cursors: Cursors;
  /** The keys that hash inputs of mutations. */
  readonly inputKeys: InputKeys;
  /** This process's reads of the table, where the request may see what is some seconds old. */
  readonly kept?: KeptReads;
  /** This process's reads of copies of public records, likewise (`copyLoader`). */
  readonly keptCopies?: KeptReads;
  /** This process's reads of parts of items, where a stranger asks. */
  readonly keptParts?: KeptReads;
}

/**
 * The name of a key that hashes inputs. It is a version of a person's key, which an erasure deletes. Or it is a key
 * derived from the deployment's secret, by its fingerprint.
 */
export type InputKeyName = { readonly person: string; readonly version: number } | { readonly secret: string };

/** A key of 256 bits that hashes inputs of mutations. It is never stored. */
export interface InputKey {
  readonly name: InputKeyName;
  readonly bytes: Uint8Array;
}

/** The keys that hash the inputs of callers' mutations. */
export interface InputKeys {
  /** Begins to read what the next `current` of an applicant needs, beside what a mutation loads. */
  prepare?(person: string): void;
  /**
   * Returns the key for a new input.
   * @param person the applicant whom the input concerns, if any
   */
  current(person: string | undefined): Promise<InputKey>;
  /** Returns an earlier key; null where it no longer exists. */
  named(name: InputKeyName): Promise<InputKey | null>;
}
