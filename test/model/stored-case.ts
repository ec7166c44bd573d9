/** Cases as they are asked for over GraphQL and stored in DynamoDB, for a comparison with the model. */

import { CALENDAR } from '../../src/domain/calendar/calendar.ts';
import type { CaseTypeFacts } from '../../src/domain/case-types/case-type.ts';
import type { Actor } from '../../src/domain/cases/access.ts';
import type { CaseCommand } from '../../src/domain/cases/command.ts';
import { decideCase, UNKNOWN_CASE } from '../../src/domain/cases/decide.ts';
import { type CaseEvent, foldCase } from '../../src/domain/cases/fold.ts';
import { UNVERIFIED } from '../../src/domain/people/identity.ts';
import { ANONYMOUS, type Viewer } from '../../src/domain/viewer.ts';
import { CodedError } from '../../src/errors.ts';
import { CASE_CODES } from '../../src/resolvers/talent/cases/change-case.ts';
import { readRange } from '../../src/storage/dynamodb/read.ts';
import { type PrimaryKey, talentKeys } from '../../src/storage/tables.ts';
import { openCaseChanges } from '../../src/storage/talent/cases/case-changes.ts';
import { readFile } from '../../src/storage/talent/cases/cases.ts';
import { processDueCase } from '../../src/storage/talent/deadlines/process-due-case.ts';
import type { DeliveryItem, DueItem, noticeOutboxItem, OutboxItem, WorkItem } from '../../src/storage/talent/items.ts';
import { openPeople } from '../../src/storage/talent/people/people.ts';
import { once, onceRequest } from '../../src/subgraph/once.ts';
import { caseAgreementsOf } from '../fixtures/case-agreements.ts';
import { mutationOf, mutationText } from '../fixtures/case-mutation.ts';
import { caseTypeItems } from '../fixtures/case-types.ts';
import { pdf, sendTo, sha256Of } from '../fixtures/files.ts';
import { callOf, type Execute, type TestSystem } from '../harness.ts';
import { type OpeningDraw, ZONES } from './draws.ts';
import { codesOf } from './held-case.ts';
import type { Deed } from './likely.ts';
import type { ModelCase } from './model-case.ts';
import { openingOf } from './model-opening.ts';
import { isNeverTheirs } from './model-people.ts';
import { viewOfFile } from './view.ts';

type NoticeOutboxItem = ReturnType<typeof noticeOutboxItem>;

/** What somebody is answered: codes where nothing is done; null where it is done; `FAULT` where nobody can say. */
export type Told = readonly string[] | null | 'FAULT';

/** Codes of the rules as they are told over GraphQL: of what is never the actor's, no rule is asked. */
export function toldOf(codes: readonly string[] | null, { command, actor }: Deed): readonly string[] | null {
  if (actor.kind !== 'system' && mutationOf(command) && isNeverTheirs(command.action, actor)) return [FORBIDDEN];
  return codes && [...new Set(codes.map((code) => CASE_CODES[code as keyof typeof CASE_CODES]))].sort();
}

/** What the store may come to: tried again, it may succeed. */
function isOfTheStore(error: unknown): boolean {
  return error instanceof CodedError && ['CONFLICT', 'STORE_UNAVAILABLE', 'OUTCOME_UNKNOWN'].includes(error.code);
}

const FORBIDDEN = 'FORBIDDEN';

interface Payload {
  readonly case: { readonly id: string } | null;
  readonly userErrors: readonly { readonly code: string }[];
}

export class StoredCases {
  readonly system: TestSystem;
  readonly #ask: Execute;

  constructor(system: TestSystem, ask: Execute) {
    this.system = system;
    this.#ask = ask;
  }

  async #mutate(name: string, input: object, viewer: Viewer, now: Date): Promise<Payload | 'FAULT'> {
    const { data, errors } = await this.#ask(mutationText(name, 'case { id }'), { input }, { viewer, now });
    const payload = data?.[name];
    if (errors && !payload) {
      const codes = errors.map(({ extensions }) => (extensions as { code?: string } | undefined)?.code);
      // What the store may come to; all else is a fault of ours.
      if (codes.every((code) => code === FORBIDDEN)) return { case: null, userErrors: [{ code: FORBIDDEN }] };
      if (codes.every((code) => code === 'CONFLICT' || code === 'STORE_UNAVAILABLE' || code === 'OUTCOME_UNKNOWN'))
        return 'FAULT';
    }
    if (errors) throw new Error(`${name}: ${JSON.stringify(errors)}`);
    return payload;
  }

  /** Opens a case of a type of its own; its id. */
  async open(draw: OpeningDraw, caseType: CaseTypeFacts, key: string, day: string, now: Date): Promise<string> {
    await this.system.write('talent', [...caseTypeItems(caseType), ...caseAgreementsOf(...ZONES)]);
    const { applicant, child, declared, relation, zoneId, parkId, enterpriseId } = openingOf(draw, day);
    const input = {
      idempotencyKey: key,
      caseType: caseType.id,
      zone: zoneId,
      park: parkId,
      enterprise: enterpriseId,
      // All of them state the same number: nobody is kept from applying by what others say.
      applicant,
      relation,
      child,
      residenceZone: declared.residenceZoneId,
      ownsDwelling: declared.ownsDwelling,
    };
    const viewer = { kind: 'applicant', person: draw.applicant } as const;
    const payload = await this.#mutate('openCase', input, viewer, now);
    if (payload === 'FAULT' || !payload.case) throw new Error(`openCase: ${JSON.stringify(payload)}`);
    return payload.case.id;
  }

  /**
   * Announces the file that a deed hands in, and sends it as far as it is to arrive: the deed as it is then. Where it can't
   * be announced, there is no such upload.
   */
  async prepared(c: ModelCase, deed: Deed, key: string): Promise<Deed> {
    const { command, now } = deed;
    // The store has no case of another zone whose documents were verified.
    if (command.action === 'USE_VERIFIED') return { ...deed, command: { ...command, source: null, agreement: null } };
    if (command.action === 'VERIFY_IDENTITY') return { ...deed, command: { ...command, stated: UNVERIFIED } };
    if (command.action !== 'SUPPLY_DOCUMENT' || !command.announced) return deed;
    const bytes = pdf(key);
    const { code, mediaType } = command.announced;
    const file = { mediaType, size: bytes.length, sha256: sha256Of(bytes) };
    const input = { idempotencyKey: `${key}-file`, case: c.id, document: code, fileName: `${key}.pdf`, ...file };
    const viewer = { kind: 'applicant', person: c.applicant } as const;
    const query = mutationText('requestUpload', 'upload { id url headers { name value } }');
    const { data, errors } = await this.#ask(query, { input }, { viewer, now });
    if (errors) throw new Error(`requestUpload: ${JSON.stringify(errors)}`);
    const { upload } = data.requestUpload;
    if (!upload) return { ...deed, command: { ...command, announced: null, found: null } };
    const isSent = command.found?.sha256 === command.announced.sha256;
    if (isSent) {
      const status = await sendTo(this.system.uploads, upload, bytes, now);
      if (status !== 200) throw new Error(`a file was sent and not taken: ${status}`);
    }
    const found = isSent ? { ...file, mediaType: 'application/pdf' as const } : null;
    return { ...deed, command: { ...command, announced: { id: upload.id, code, ...file }, found } };
  }

  async act(id: string, { command, actor, now }: Deed, idempotencyKey: string): Promise<Told> {
    const mutation = mutationOf(command);
    if (!mutation || actor.kind === 'system') return this.#byItself(id, command, actor, idempotencyKey, now);
    const input = { idempotencyKey, case: id, ...mutation.input };
    const payload = await this.#mutate(mutation.name, input, actor, now);
    if (payload === 'FAULT') return payload;
    return payload.userErrors.length === 0 ? null : codesOf(payload.userErrors);
  }

  /** What no mutation asks for, by the steps that every mutation takes. */
  async #byItself(id: string, command: CaseCommand, actor: Actor, key: string, now: Date): Promise<Told> {
    const table = this.system.talentTable({ viewer: actor.kind === 'system' ? ANONYMOUS : actor });
    const caseChanges = openCaseChanges(table, openPeople(table));
    const request = onceRequest(command.action, { idempotencyKey: key }, now);
    try {
      const decision = await once(request, {
        load: () => caseChanges.load(request, id),
        decide: ({ situation }) =>
          situation
            ? decideCase(situation, command, actor, { now, locale: 'EN' })
            : { ok: false, refusals: [UNKNOWN_CASE] },
        commit: (change, loaded) => caseChanges.commit(request, loaded, change),
        again: (answer) => caseChanges.answered(answer),
        done: (change, loaded) => caseChanges.changed(loaded, change),
      });
      return decision.ok ? null : toldOf(codesOf(decision.refusals), { command, actor, now });
    } catch (error) {
      if (isOfTheStore(error)) return 'FAULT';
      throw error;
    }
  }

  /** What the schedule does about a case at an instant; again where the store fails it. */
  async schedule(id: string, now: Date): Promise<void> {
    for (let tries = 0; tries < 10; tries++) {
      try {
        await processDueCase(this.system.table('talent', callOf()), id, { now, calendar: CALENDAR });
        return;
      } catch (error) {
        if (!isOfTheStore(error)) throw error;
      }
    }
    throw new Error('the schedule fails again and again');
  }

  /** All that is stored of a case. */
  async stored(id: string) {
    const table = this.system.table('talent', callOf());
    const options = { consistent: true } as const;
    const [file, items, outbox] = await Promise.all([
      readFile(table, id, options),
      readRange<PrimaryKey & { readonly type?: string }>(table, { partition: id, ...options }),
      readRange<OutboxItem | NoticeOutboxItem | DeliveryItem>(table, {
        partition: talentKeys.outbox(id, 1).pk,
        ...options,
      }),
    ]);
    if (!file) throw new Error('a case that was opened is not there');
    const work = items.filter((item): item is WorkItem => item.type === 'Work');
    const due = items.find((item): item is DueItem => item.type === 'Due');
    const { course } = file.case;
    const entries = outbox.filter((item) => item.type === 'Outbox');
    const happening = ({ sequence, kind, at }: CaseEvent) => ({ sequence, kind, at });
    return {
      ...viewOfFile(file),
      happened: file.events.map(happening),
      told: entries.flatMap((item) => ('sequence' in item ? [happening(item)] : [])),
      noted: file.notices
        .map(({ kind, step, startedOn, dueOn }) => {
          return `${step}#${startedOn}#${kind}${kind.endsWith('_NEAR') ? `#${dueOn}` : ''}`;
        })
        .toSorted(),
      toldOfNotices: entries.filter((item) => !('sequence' in item)).length,
      work: work.map(({ agency, dueOn }) => ({ agency, dueOn })).toSorted((a, b) => (a.agency < b.agency ? -1 : 1)),
      placed: work.every(({ zoneId, state }) => zoneId === file.case.zoneId && state === course.state),
      due: due ? { what: due.what, on: due.on } : null,
      dueVersion: due?.version ?? course.version,
      folded: foldCase(file.events.map(({ pk, sk, type, caseId, ...event }) => event)),
      course,
    };
  }
}
