import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { config } from '../../config.ts';
import { dayInShanghai } from '../../domain/calendar/day.ts';
import { type ErasureObstacle, erasureObstacles, type KeptCase } from '../../domain/people/erasure.ts';
import { CodedError } from '../../errors.ts';
import { log } from '../../log.ts';
import { openTable } from '../../storage/dynamodb/connection.ts';
import { openErasureRegister } from '../../storage/person-keys/erasure-register.ts';
import type { ErasureRegister } from '../../storage/person-keys/erasures.ts';
import { keyringOf } from '../../storage/person-keys/keyring.ts';
import { openCaseTypes } from '../../storage/talent/case-types/case-types.ts';
import { casesOfPerson, childrenOf, erasePerson, isKnown } from '../../storage/talent/people/erase-person.ts';
import { openTalentTable, type TalentTable } from '../../storage/talent/people/sealing.ts';
import { openUploads } from '../../storage/uploads/open.ts';
import { invocationScope } from '../invocation-scope.ts';
import { processConnection } from '../process.ts';

const request = z.strictObject({ person: z.string().min(1).max(256), despiteRetention: z.boolean().default(false) });
export type ErasureRequest = z.infer<typeof request>;

/** The result of an erasure for the operator: counts, and the ids of cases that prevent it. */
export type ErasureOutcome =
  | {
      readonly kind: 'ERASED';
      readonly cases: number;
      readonly children: number;
      readonly answers: number;
      /** Entries of the access log. */
      readonly entries: number;
    }
  | { readonly kind: 'UNKNOWN' }
  | { readonly kind: 'REFUSED'; readonly obstacles: readonly ErasureObstacle[] };

/**
 * Erases a person by Invoke, for operators: the one function that may destroy persons' keys. It has no route and no
 * event. Throws BAD_USER_INPUT for an invalid request.
 */
export async function handler(event: unknown, context?: Context): Promise<ErasureOutcome> {
  const parsed = request.safeParse(event);
  if (!parsed.success) throw new CodedError('BAD_USER_INPUT', 'The payload is not a request for an erasure.');
  const settings = config();
  const scope = { ...invocationScope(context), owner: 'erasure' };
  const table = openTable(processConnection(settings), 'talent', scope);
  const outcome = await erase(
    openTalentTable(table, {
      tables: settings.tables,
      keyring: keyringOf(settings),
      uploads: openUploads(settings),
    }),
    parsed.data,
    { now: new Date(), register: openErasureRegister(settings) },
  );
  log.info('An erasure was requested', {
    ...outcome,
    obstacles: 'obstacles' in outcome ? outcome.obstacles.length : 0,
  });
  return outcome;
}

/**
 * Destroys a person's key and deletes their data, unless retention forbids it.
 * @param register records the erasure, with the person's children, before it begins; null where there is none
 */
export async function erase(
  table: TalentTable,
  { person, despiteRetention }: ErasureRequest,
  { now, register }: { readonly now: Date; readonly register: ErasureRegister | null },
): Promise<ErasureOutcome> {
  if (!(await isKnown(table, person))) return { kind: 'UNKNOWN' };
  const obstacles = erasureObstacles(await retainableCases(table, person), dayInShanghai(now));
  if (obstacles.length > 0 && !despiteRetention) return { kind: 'REFUSED', obstacles };
  await register?.add([person, ...(await childrenOf(table, person))], now);
  return { kind: 'ERASED', ...(await erasePerson(table, person, now)) };
}

async function retainableCases(table: TalentTable, person: string): Promise<readonly KeptCase[]> {
  const caseTypes = openCaseTypes(table);
  return Promise.all(
    (await casesOfPerson(table, person)).map(async ({ id, course, updatedAt, caseTypeId, caseTypeVersion }) => {
      const type = await caseTypes.version.load({ id: caseTypeId, version: caseTypeVersion });
      // A case whose decision has no known date must be kept.
      return { id, state: course.state, updatedAt, retentionYears: type?.retentionYears ?? null };
    }),
  );
}
