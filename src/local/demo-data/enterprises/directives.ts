import { shanghaiInstant } from '../../../domain/calendar/day.ts';
import type { DirectiveAnswer, DirectiveAnswerState } from '../../../domain/directives/answer.ts';
import { type Directive, decideIssue } from '../../../domain/directives/directive.ts';
import { makeId, ulidOfName } from '../../../domain/ids.ts';
import type { Localized } from '../../../domain/locale.ts';
import { statedDirective } from '../../../resolvers/enterprises/directives/change-directive.ts';
import type { IssueDirectiveInput } from '../../../resolvers/enterprises/generated/types.ts';
import {
  directiveAnswerItem,
  directiveCountsItem,
  directiveItem,
  directiveOfParkItems,
} from '../../../storage/enterprises/directives/items.ts';
import { answerEntries } from '../../../storage/enterprises/zone-entries.ts';
import type { PrimaryKey } from '../../../storage/tables.ts';
import type { DemoPark } from '../parks/parks.ts';
import { ADMIN, accepted, publisherOf, storyInputs } from '../story/inputs.ts';
import { identityOf } from './enterprises.ts';

const PROOF: Localized = {
  zh: '已按要求落实（示例）',
  ja: '要求どおり実施した（サンプル）',
  en: 'Carried out as required (sample)',
};
const REASON: Localized = {
  zh: '测温设备未到货（示例）',
  ja: '検温機器が未着（サンプル）',
  en: 'The thermometers have not arrived (sample)',
};

/** The day by which the addressees complied. The files name none, since an import takes no past day. */
const DUE_ON = '2020-02-20';
/** Residents that have answered each directive. */
const ANSWERS = 40;
const STATES: readonly DirectiveAnswerState[] = ['COMPLIED', 'ACKNOWLEDGED', 'COMPLIED', 'DECLINED'];

/** Yields a directive of each headquarters to the park, with its answers: to all, and the newest to two residents. */
export function* directivesOf(park: DemoPark): Generator<PrimaryKey> {
  const residents = Array.from({ length: Math.min(ANSWERS, park.enterprises) }, (_, n) => identityOf(park, n));
  const enterprises = residents.map(({ id }) => id);
  const idOfCode = new Map(residents.map(({ uscc, id }) => [uscc, id]));
  for (const [i, input] of storyInputs<IssueDirectiveInput>('directives.jsonl').entries()) {
    const issued = shanghaiInstant(`2020-02-0${7 + i}`, '09:00:00');
    const named = (input.enterprises ?? []).map((code) => idOfCode.get(code) ?? code);
    const stated = {
      ...statedDirective({ ...input, enterprises: named, dueOn: DUE_ON }),
      id: makeId('dir', ulidOfName(input.issuer.code, issued.getTime())),
    };
    const viewer = stated.issuer.zoneId === null ? ADMIN : publisherOf(stated.issuer.zoneId);
    const references = {
      parkOf: (id: string) => (id === park.id ? park.facts : null),
      isResident: (id: string) => enterprises.includes(id),
    };
    const inForce = accepted(decideIssue(stated, references, viewer, issued));
    const directive: Directive = i === 0 ? { ...inForce, state: 'ENDED' } : inForce;
    yield directiveItem(directive);
    yield* directiveOfParkItems(directive);
    const answers = (directive.audience === 'NAMED' ? directive.enterpriseIds : enterprises).map((id, n) =>
      answerTo(directive, id, STATES[n % STATES.length] ?? 'COMPLIED'),
    );
    yield* answers.map(directiveAnswerItem);
    yield* answers.flatMap(answerEntries);
    yield directiveAnswerItem(answerTo(directive, null, 'COMPLIED'));
    yield directiveCountsItem({ directiveId: directive.id, parkId: park.id, directiveVersion: 1 }, answers);
  }
}

function answerTo(
  { id, version, issuer, parks: [park] }: Directive,
  enterpriseId: string | null,
  state: DirectiveAnswerState,
): DirectiveAnswer {
  const { parkId, zoneId } = park!;
  return {
    directiveId: id,
    directiveVersion: version,
    parkId,
    enterpriseId,
    state,
    ...(state === 'COMPLIED' && { proof: PROOF, documentNumber: '示例7', documentSha256: '0'.repeat(64) }),
    ...(state === 'DECLINED' && { reason: REASON }),
    at: shanghaiInstant('2020-02-14', '15:00:00').toISOString(),
    zoneIds: [...new Set([issuer.zoneId ?? zoneId, zoneId])],
    version: state === 'ACKNOWLEDGED' ? 1 : 2,
  };
}
