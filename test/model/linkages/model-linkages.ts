/**
 * A second reading of the rules of agreements and coverages, by rounds of signatures. Whatever is asked is computed from
 * all rounds, slowly and without any code of the domain.
 */

export interface ModelTerms {
  readonly title: string;
  readonly validTo: string | null;
  readonly noticeDays: number | null;
  readonly isForPolicies: boolean;
  readonly isForRecognition: boolean;
}

interface Round {
  readonly what: 'PROPOSAL' | 'AMENDMENT' | 'TERMINATION';
  readonly proposer: string;
  readonly needs: readonly string[];
  readonly terms: ModelTerms | null;
  readonly lastDay: string | null;
  /** The officer who has signed for a zone that still needs a second one. */
  readonly halves: Map<string, string>;
  readonly signed: Map<string, string>;
  end: { readonly how: 'SIGNED' | 'DECLINED' | 'WITHDRAWN' | 'REPLACED'; readonly on: string } | null;
}

export interface Caller {
  readonly zone: string;
  readonly officer: string;
}

const laterBy = (day: string, days: number) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
const isOver = (last: string | null, day: string) => last !== null && last < day;

/** How many officers each zone signs by, and who asks to lower it. */
export class ModelSigning {
  private readonly zones = new Map<string, { two: boolean; asks: string | null; version: number }>();

  two(zone: string): boolean {
    return this.zones.get(zone)?.two ?? false;
  }

  set({ zone, officer }: Caller, officers: 1 | 2, seen: number): boolean {
    const { two, asks, version } = this.zones.get(zone) ?? { two: false, asks: null, version: 0 };
    if (seen !== version || (two === (officers === 2) && asks === null)) return false;
    if (officers === 1 && two && asks === officer) return false;
    const waits = officers === 1 && two && asks === null;
    this.zones.set(zone, { two: officers === 2 || waits, asks: waits ? officer : null, version: version + 1 });
    return true;
  }
}

export class ModelAgreement {
  readonly rounds: Round[] = [];
  version = 0;
  readonly parties: readonly string[];
  readonly validFrom: string;
  private readonly signing: ModelSigning;

  constructor(parties: readonly string[], validFrom: string, signing: ModelSigning) {
    this.parties = parties;
    this.validFrom = validFrom;
    this.signing = signing;
  }

  get status(): string {
    const [first] = this.rounds;
    if (!first?.end) return 'PROPOSED';
    if (first.end.how !== 'SIGNED') return first.end.how;
    return this.lastDay === null ? 'SIGNED' : 'TERMINATED';
  }

  /** The last day of an ended agreement. */
  get lastDay(): string | null {
    return this.rounds.find(({ what, end }) => what === 'TERMINATION' && end?.how === 'SIGNED')?.lastDay ?? null;
  }

  get signedOn(): string | null {
    const end = this.rounds[0]?.end;
    return end?.how === 'SIGNED' ? end.on : null;
  }

  get open(): Round | null {
    return this.rounds.find(({ end }) => end === null) ?? null;
  }

  /** The terms that all had signed by a day. */
  termsOn(day: string): ModelTerms | null {
    return this.rounds.findLast(({ terms, end }) => terms && end?.how === 'SIGNED' && end.on <= day)?.terms ?? null;
  }

  /** The newest signed terms; of a proposal, the proposed ones. */
  get terms(): ModelTerms {
    const terms = this.termsOn('9999-12-31') ?? this.rounds[0]?.terms;
    if (!terms) throw new Error('an agreement has terms');
    return terms;
  }

  /** Whether it carries policies on a day, as far as is known now. */
  carriesOn(day: string): boolean {
    const { signedOn, lastDay, validFrom } = this;
    return (
      signedOn !== null &&
      signedOn <= day &&
      validFrom <= day &&
      !isOver(this.terms.validTo, day) &&
      !isOver(lastDay, day)
    );
  }

  propose(caller: Caller, terms: ModelTerms, today: string): boolean {
    if (!this.parties.includes(caller.zone) || !this.areSignable(terms, today)) return false;
    this.begin({ what: 'PROPOSAL', terms, lastDay: null, needs: this.parties }, caller, today);
    return true;
  }

  sign(caller: Caller, seen: number, today: string): boolean {
    const round = this.open;
    if (!round || seen !== this.version || !this.maySign(round, caller)) return false;
    if (isOver(this.terms.validTo, today)) return false;
    if (round.what === 'AMENDMENT' && round.terms && !this.areSignable(round.terms, today)) return false;
    if (round.what === 'TERMINATION') {
      const alone = round.needs.length < this.parties.length;
      const notice = alone ? (this.terms.noticeDays ?? 0) : 0;
      if (isOver(round.lastDay, laterBy(today, notice))) return false;
    }
    this.put(round, caller, today);
    this.version += 1;
    return true;
  }

  drop(how: 'DECLINED' | 'WITHDRAWN', caller: Caller, seen: number, today: string): boolean {
    const round = this.open;
    if (!round || seen !== this.version) return false;
    if (how === 'DECLINED' ? !this.maySign(round, caller) : round.proposer !== caller.zone) return false;
    round.end = { how, on: today };
    this.version += 1;
    return true;
  }

  amend(caller: Caller, seen: number, terms: ModelTerms, today: string): boolean {
    const may = this.isChangeable(caller, seen, today) && this.open === null && this.areSignable(terms, today);
    if (!may) return false;
    this.begin({ what: 'AMENDMENT', terms, lastDay: null, needs: this.parties }, caller, today);
    return true;
  }

  terminate(caller: Caller, seen: number, lastDay: string, today: string): boolean {
    const { noticeDays, validTo } = this.terms;
    const isAlone = noticeDays !== null && lastDay >= laterBy(today, noticeDays);
    if (!this.isChangeable(caller, seen, today) || lastDay < today || isOver(validTo, lastDay)) return false;
    if (!isAlone && this.open !== null) return false;
    const { open } = this;
    if (open) open.end = { how: 'REPLACED', on: today };
    this.begin(
      { what: 'TERMINATION', terms: null, lastDay, needs: isAlone ? [caller.zone] : this.parties },
      caller,
      today,
    );
    return true;
  }

  private isChangeable({ zone }: Caller, seen: number, today: string): boolean {
    return (
      this.parties.includes(zone) &&
      seen === this.version &&
      this.status === 'SIGNED' &&
      !isOver(this.terms.validTo, today)
    );
  }

  private areSignable({ validTo }: ModelTerms, today: string): boolean {
    return !isOver(validTo, today) && !isOver(validTo, this.validFrom);
  }

  private maySign({ needs, signed, halves }: Round, { zone, officer }: Caller): boolean {
    return needs.includes(zone) && !signed.has(zone) && !(this.signing.two(zone) && halves.get(zone) === officer);
  }

  private begin(round: Pick<Round, 'what' | 'terms' | 'lastDay' | 'needs'>, caller: Caller, today: string): void {
    const begun: Round = { ...round, proposer: caller.zone, halves: new Map(), signed: new Map(), end: null };
    this.rounds.push(begun);
    this.put(begun, caller, today);
    this.version += 1;
  }

  private put(round: Round, { zone, officer }: Caller, today: string): void {
    if (this.signing.two(zone) && !round.halves.has(zone)) {
      round.halves.set(zone, officer);
      return;
    }
    round.halves.delete(zone);
    round.signed.set(zone, today);
    if (round.needs.every((each) => round.signed.has(each))) round.end = { how: 'SIGNED', on: today };
  }
}

export interface ModelCoverage {
  readonly from: string;
  readonly to: string;
  readonly agreement: ModelAgreement;
  readonly firstDay: string;
  lastDay: string | null;
  version: number;
}

/** Whether a coverage may be added: by the policy's zone, a party, under an agreement that carries policies then. */
export function mayCover(
  caller: Caller,
  agreement: ModelAgreement,
  of: { readonly from: string; readonly to: string; readonly firstDay: string; readonly lastDay: string | null },
  today: string,
): boolean {
  const { parties, signedOn, lastDay, terms } = agreement;
  const holds =
    signedOn !== null &&
    signedOn <= of.firstDay &&
    !isOver(terms.validTo, of.firstDay) &&
    !isOver(lastDay, of.firstDay);
  return (
    caller.zone === of.from &&
    parties.includes(of.from) &&
    parties.includes(of.to) &&
    of.from !== of.to &&
    holds &&
    terms.isForPolicies &&
    of.firstDay >= today &&
    !isOver(of.lastDay, of.firstDay)
  );
}

/** Ends a coverage. Returns whether that may be. */
export function endModelCoverage(
  { zone }: Caller,
  coverage: ModelCoverage,
  { seen, lastDay }: { readonly seen: number; readonly lastDay: string },
  today: string,
): boolean {
  const isTheirs = zone === coverage.from || zone === coverage.to;
  const isShorter = coverage.lastDay === null || lastDay < coverage.lastDay;
  if (!isTheirs || seen !== coverage.version || lastDay < today || !isShorter) return false;
  coverage.lastDay = lastDay;
  coverage.version += 1;
  return true;
}

/** Whether a policy of one zone reaches another on a day. */
export function reaches(coverages: readonly ModelCoverage[], from: string, to: string, day: string): boolean {
  return coverages.some(
    (each) =>
      each.from === from &&
      each.to === to &&
      each.firstDay <= day &&
      !isOver(each.lastDay, day) &&
      each.agreement.carriesOn(day),
  );
}
