/** Random recognitions, by the domain's rules and by the second reading. */
import { addDays } from '../../../src/domain/calendar/day.ts';
import { type AgreementRecord, agreementFacts } from '../../../src/domain/linkages/agreement.ts';
import { decideRecognition, decideRecognitionEnd } from '../../../src/domain/linkages/recognising.ts';
import { countedKinds, type RecognisedKind, type RecognitionRecord } from '../../../src/domain/linkages/recognition.ts';
import type { Viewer } from '../../../src/domain/viewer.ts';
import { mustAgree } from '../agree.ts';
import type { Caller, ModelAgreement } from './model-linkages.ts';
import { countsIn, endModelRecognition, type ModelRecognition, mayRecognise } from './model-recognitions.ts';

/** The part of a command that recognitions read. */
interface Drawn {
  readonly zone: string;
  readonly other: string;
  readonly notice: number | null;
  readonly days: number | null;
  readonly asked: number;
  readonly back: number;
  readonly isStale: boolean;
  readonly three: boolean;
}

interface Agreed {
  readonly agreement: AgreementRecord;
  readonly model: ModelAgreement;
}

interface Moment {
  readonly caller: Caller;
  readonly viewer: Viewer;
  readonly today: string;
}

const kindOf = ({ three }: Pick<Drawn, 'three'>): RecognisedKind => (three ? 'TALENT_CARD_B' : 'TECH_SME');

/** The domain's recognitions beside the model's, through one list of commands. */
export class ComparedRecognitions {
  private readonly all: { record: RecognitionRecord; readonly model: ModelRecognition }[] = [];

  /** Returns whether the zone gave the recognition. */
  give(each: Drawn, { agreement, model }: Agreed, { caller, viewer, today }: Moment): boolean {
    const firstDay = addDays(today, each.notice === null ? 0 : each.notice - (each.isStale ? 4 : 1));
    const given = { of: each.other, firstDay, lastDay: each.days === null ? null : addDays(today, each.days) };
    const stated = {
      ...{ agreementId: agreement.id, ofZoneId: each.other, kind: kindOf(each) },
      ...{ terms: { rule: null, samples: [] }, validFrom: firstDay, validTo: given.lastDay },
    };
    const id = `recog_model-${this.all.length}`;
    const decision = decideRecognition(id, stated, agreement, viewer, noonOf(today));
    const expected = mayRecognise(caller, model, given, today);
    mustAgree('a recognition is accepted', decision.ok, expected, { each, today, agreement, decision });
    if (!decision.ok) return false;
    const read = { ...given, by: each.zone, kind: kindOf(each), agreement: model, version: 1 };
    this.all.push({ record: decision.value, model: read });
    return true;
  }

  /** Returns whether the zone ended the recognition. */
  end(each: Drawn, { caller, viewer, today }: Moment): boolean {
    const recognition = this.all.at(-1 - each.back);
    if (!recognition) return false;
    const lastDay = addDays(today, each.days ?? 10);
    const seen = recognition.record.version - (each.isStale ? 1 : 0);
    const decision = decideRecognitionEnd(recognition.record, { seen, lastDay }, viewer, noonOf(today));
    const expected = endModelRecognition(caller, recognition.model, { seen, lastDay }, today);
    mustAgree("a recognition's end is accepted", decision.ok, expected, { each, recognition, decision });
    if (decision.ok) recognition.record = decision.value;
    return decision.ok;
  }

  /** Compares what counts in a zone on a day. Returns whether a kind of the other zone counts by a recognition. */
  compare({ zone: at, other: of, ...each }: Drawn, agreements: readonly AgreementRecord[], day: string): boolean {
    const kind = kindOf(each);
    const { counted, by } = countedKinds([{ kind, zoneId: of }], [at], day, {
      recognitions: this.all.map(({ record }) => record),
      agreements: agreements.map(agreementFacts),
      judge: () => {
        throw new Error('no recognition has conditions');
      },
    });
    const models = this.all.map(({ model }) => model);
    const expected = countsIn(models, { kind, of, at, day });
    mustAgree('a kind counts', counted.includes(kind), expected, { at, of, kind, day, by });
    return by.length > 0;
  }
}

const noonOf = (day: string) => new Date(`${day}T04:00:00Z`);
