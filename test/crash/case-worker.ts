/** A client who takes cases from their opening to their end, one after the other, whatever becomes of the system meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { TokenKind } from '../../src/auth/trusted-issuers.ts';
import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import { type BearerChoice, bearerClaims } from '../../src/local/dev-issuer/bearer.ts';
import type { DevIssuer } from '../../src/local/dev-issuer/dev-issuer.ts';
import { mutationText } from '../fixtures/case-mutation.ts';
import { CASE_TYPE, SHA256, ZONE } from './case-type.ts';

/** A mutation that was answered. */
export interface Acknowledged {
  readonly key: string;
  readonly caseId: string;
  readonly version: number;
}

export interface WorkerOptions {
  readonly url: string;
  readonly issuer: DevIssuer;
  /** Which worker: it has an applicant and officers of its own. */
  readonly number: number;
  /** Told of every answer, with what it took, and of every try that had none, with the code that it was told or `none`. */
  acknowledged(one: Acknowledged, took: { readonly milliseconds: number; readonly tries: number }): void;
  unanswered(code: string): void;
}

/** Which mutations take a case to its end, who asks for them, and what comes with them. */
const WAY: readonly (readonly [mutation: string, as: 'applicant' | 'officer', input: object])[] = [
  ['submitCase', 'applicant', {}],
  ['acceptCase', 'officer', {}],
  ['startReview', 'officer', {}],
  ['giveOpinion', 'officer', { verdict: 'AGREE' }],
  ['decideCase', 'officer', { approved: true }],
  [
    'deliverResult',
    'officer',
    { documentSha256: SHA256, outcome: { housingOffer: { facilityKind: 'TALENT_APARTMENT' } } },
  ],
  ['rateCase', 'applicant', { rating: 5 }],
  ['closeCase', 'officer', {}],
];
/** The events of a case that has come to its end. */
export const WHOLE_LOG = [
  'OPENED',
  'SUBMITTED',
  'ACCEPTED',
  'REVIEW_STARTED',
  'OPINION_GIVEN',
  'APPROVED',
  'DELIVERED',
  'RATED',
  'CLOSED',
];
const SAYS_NO_VERSION = ['openCase', 'submitCase', 'giveOpinion', 'rateCase'];

/** Longer than any start takes. */
const PATIENCE_MS = 180_000;

export class CaseWorker {
  readonly person: string;
  readonly #options: WorkerOptions;
  readonly #tokens = new Map<string, string>();
  #keys = 0;

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.person = `crash-applicant-${options.number}`;
  }

  /** One case from its opening to its end. @returns the case */
  async takeCase(): Promise<string> {
    const { number } = this.#options;
    const stated = {
      name: '张某某',
      idNumber: syntheticResidentId('1988-02-03', number),
      phone: '10012345678',
    };
    const opening = { caseType: CASE_TYPE.id, zone: ZONE, applicant: stated, relation: 'SELF' };
    let last = await this.mutate('openCase', 'applicant', opening);
    await this.#setContact(last.caseId);
    for (const [mutation, as, input] of WAY) {
      const version = SAYS_NO_VERSION.includes(mutation) ? {} : { version: last.version };
      last = await this.mutate(mutation, as, { case: last.caseId, ...version, ...input });
    }
    return last.caseId;
  }

  /** Asks with one key until there is an answer: the case as it is after this mutation and no other. */
  async mutate(mutation: string, as: 'applicant' | 'officer', input: object): Promise<Acknowledged> {
    const { number, acknowledged, unanswered } = this.#options;
    const key = `crash-${number}-${String(this.#keys++).padStart(6, '0')}`;
    const body = JSON.stringify({
      query: mutationText(mutation, 'case { id version }'),
      variables: { input: { idempotencyKey: key, ...input } },
    });
    const started = Date.now();
    let told = '';
    for (let tries = 1; Date.now() < started + PATIENCE_MS; tries++) {
      const answer = await this.#ask(as, body);
      const payload = answer?.data?.[mutation];
      if (payload?.case) {
        const one = { key, caseId: payload.case.id, version: payload.case.version };
        acknowledged(one, { milliseconds: Date.now() - started, tries });
        return one;
      }
      told = JSON.stringify(answer) ?? 'no connection';
      // Nobody else works on the case: a refusal means that something was done twice, or is lost.
      if (payload) throw new Error(`${mutation} with ${key} was refused: ${told}`);
      unanswered(answer?.errors?.[0]?.extensions?.code ?? 'none');
      await sleep(50 + Math.random() * 100);
    }
    throw new Error(`${mutation} with ${key} had no answer for too long: ${told}`);
  }

  /** Has the applicant told of news, which changes no version of the case. */
  async #setContact(caseId: string): Promise<void> {
    const { number, unanswered } = this.#options;
    const contact = { case: caseId, channel: 'SMS', address: '10012345678', locale: 'ZH' };
    const input = { idempotencyKey: `crash-${number}-${String(this.#keys++).padStart(6, '0')}`, ...contact };
    const body = JSON.stringify({
      query: mutationText('setNewsContact', 'case { newsContact { since } }'),
      variables: { input },
    });
    const started = Date.now();
    while (Date.now() < started + PATIENCE_MS) {
      const answer = await this.#ask('applicant', body);
      const payload = answer?.data?.setNewsContact;
      if (payload?.case) return;
      if (payload) throw new Error(`the contact was refused: ${JSON.stringify(answer)}`);
      unanswered(answer?.errors?.[0]?.extensions?.code ?? 'none');
      await sleep(50 + Math.random() * 100);
    }
    throw new Error('the contact had no answer for too long');
  }

  /** Asks as the applicant, once. @returns whether all of it was answered */
  async reads(query: string, variables: object): Promise<boolean> {
    const answer = await this.#ask('applicant', JSON.stringify({ query, variables }));
    if (answer?.errors) this.#options.unanswered(answer.errors[0].extensions.code);
    return answer?.data !== undefined && answer.errors === undefined;
  }

  async #ask(as: 'applicant' | 'officer', body: string) {
    try {
      const response = await fetch(`${this.#options.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${await this.#token(as)}` },
        body,
        signal: AbortSignal.timeout(30_000),
      });
      // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query, which is a text here.
      return (await response.json()) as any;
    } catch {
      // Killed, or not yet there again.
      return undefined;
    }
  }

  async #token(as: TokenKind): Promise<string> {
    const { issuer, number } = this.#options;
    const known = this.#tokens.get(as);
    if (known) return known;
    const choice: BearerChoice =
      as === 'officer' ? { person: `crash-officer-${number}`, agency: 'PARK', zone: ZONE } : { person: this.person };
    const token = await issuer.sign(bearerClaims(as, choice, issuer.trusted), 3_600);
    this.#tokens.set(as, token);
    return token;
  }
}
