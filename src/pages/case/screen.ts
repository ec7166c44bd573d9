import type { CaseScreen } from './case-screen.ts';
import { isWanted } from './changes.ts';
import { daysUntil, dayText, distanceText, instantText, moneyText } from './dates.ts';
import { type Child, h, type IconName, icon } from './element.ts';
import type { Locale } from './generated/case-screen.ts';
import { fill, pageWords, type Words } from './words.ts';

interface Shown {
  readonly screen: CaseScreen;
  readonly words: Words;
  readonly locale: Locale;
  readonly now: Date;
  /** The uploads of the documents to supply; null until their code is loaded. */
  readonly supply: HTMLElement | null;
}

/** Returns a whole case, from its state to its history. Empty parts are left out. */
export function caseScreen(
  screen: CaseScreen,
  locale: Locale,
  now: Date,
  supply: HTMLElement | null,
): readonly Child[] {
  const shown: Shown = { screen, words: pageWords.of(locale).page, locale, now, supply };
  return [
    status(shown),
    outcome(shown),
    wanted(shown),
    due(shown),
    progress(shown),
    documents(shown),
    opinions(shown),
    timeline(shown),
  ];
}

function section(name: string, title: string, ...children: readonly Child[]): HTMLElement {
  const id = `${name}-title`;
  return h('section', { class: `card ${name}`, 'aria-labelledby': id }, h('h2', { id }, title), ...children);
}

const row = (term: string, ...said: readonly Child[]) => h('div', {}, h('dt', {}, term), h('dd', {}, ...said));

const day = (value: string, locale: Locale) => h('time', { datetime: value }, dayText(value, locale));
const instant = (value: string, locale: Locale) => h('time', { datetime: value }, instantText(new Date(value), locale));

/** Makes a highlighted word with an icon. The colour carries no further meaning. */
const badge = (kind: string, sign: IconName, text: string) => h('span', { class: `badge ${kind}` }, icon(sign), text);

function status({ screen, words, locale }: Shown): HTMLElement {
  const { kindLabel, routeLabel, receiptNumber, beneficiary, handlerLabel } = screen;
  const isYours = screen.waitingOn === 'APPLICANT';
  const forWhom = [beneficiary?.relationLabel, beneficiary?.label].filter(Boolean).join(' · ');
  return h(
    'section',
    { class: isYours ? 'card status yours' : 'card status', 'aria-labelledby': 'state' },
    h('p', { class: 'kind' }, [kindLabel, routeLabel].filter(Boolean).join(' · ')),
    h('h1', { id: 'state', tabindex: -1 }, h('span', { class: 'hidden' }, `${words.status}: `), screen.stateLabel),
    isYours
      ? badge('yours', 'hand', words.yourTurn)
      : badge('', screen.waitingOn === 'NOBODY' ? 'check' : 'clock', screen.waitingOnLabel ?? ''),
    screen.nextAction !== null && h('div', { class: 'next' }, h('h2', {}, words.next), h('p', {}, screen.nextAction)),
    h(
      'dl',
      {},
      handlerLabel !== null && row(words.handledBy, handlerLabel),
      forWhom !== '' && row(words.forWhom, forWhom),
      receiptNumber !== null && row(words.receiptNumber, h('span', { class: 'number' }, receiptNumber)),
      row(words.updated, instant(screen.updatedAt, locale)),
    ),
  );
}

function outcome(shown: Shown): HTMLElement | null {
  const { screen, words, locale } = shown;
  const { decision } = screen;
  if (!decision) return null;
  return section(
    'outcome',
    words.outcome,
    h(
      'p',
      { class: 'verdict' },
      badge(decision.approved ? 'good' : 'bad', decision.approved ? 'check' : 'refused', decision.label ?? ''),
    ),
    decision.reasons.length > 0 && h('h3', {}, words.reasons),
    decision.reasons.length > 0 &&
      h('ul', { class: 'plain' }, ...decision.reasons.map((reason) => h('li', {}, reason))),
    h('dl', {}, ...granted(shown), row(words.decidedOn, instant(decision.decidedAt, locale))),
  );
}

/** Returns the result of a granted case. */
function granted({ screen: { outcome: result }, words, locale }: Shown): readonly Child[] {
  switch (result?.__typename) {
    case 'HukouPermit':
      return [
        result.permitNumber !== null && row(words.permitNumber, h('span', { class: 'number' }, result.permitNumber)),
        result.validTo !== null && row(words.validTo, day(result.validTo, locale)),
      ];
    case 'HousingOffer':
      return [
        result.facilityLabel !== null && row(words.housing, result.facilityLabel),
        result.amount !== null &&
          row(words.amount, [moneyText(result.amount, locale), result.amountTerm].filter(Boolean).join(' ')),
      ];
    case 'SchoolPlace':
      return [row(words.school, result.schoolName), row(words.schoolYear, String(result.schoolYear))];
    default:
      return [];
  }
}

function due({ screen: { deadlines }, words, locale, now }: Shown): HTMLElement | null {
  if (!deadlines) return null;
  const { promisedBy, statutoryBy, breached, provisional, pauses } = deadlines;
  const pause = pauses.find(({ to }) => to === null);
  const isLate = !breached && !pause && daysUntil(promisedBy, now) < 0;
  const end = (value: string) => [
    h('span', { class: 'day' }, day(value, locale)),
    h('span', { class: 'distance' }, distanceText(value, now, locale)),
  ];
  return section(
    'due',
    [words.due, deadlines.stepLabel].filter(Boolean).join(' · '),
    breached && badge('bad', 'clock', words.breached),
    isLate && badge('warn', 'clock', words.late),
    pause && badge('warn', 'clock', words.paused),
    pause &&
      h(
        'p',
        { class: 'hint' },
        fill(words.pausedSince, { reason: pause.reasonLabel ?? '', day: dayText(pause.from, locale) }),
      ),
    h('dl', {}, row(words.promisedBy, ...end(promisedBy)), row(words.statutoryBy, ...end(statutoryBy))),
    provisional && h('p', { class: 'hint' }, words.provisional),
  );
}

function progress({ screen: { progress: stages, waitingOn }, words }: Shown): HTMLElement | null {
  if (!stages) return null;
  const at = stages.findIndex(({ status: stage }) => stage === 'CURRENT');
  // A transferred case continues elsewhere, by steps unknown here.
  const sentence =
    at >= 0 ? fill(words.step, { at: at + 1, all: stages.length }) : waitingOn === 'NOBODY' && words.over;
  return section(
    'progress',
    words.progress,
    sentence && h('p', { class: 'hint' }, sentence),
    h(
      'ol',
      {},
      ...stages.map(({ label, status: stage }) =>
        h(
          'li',
          { class: (stage ?? '').toLowerCase(), 'aria-current': stage === 'CURRENT' ? 'step' : null },
          h('span', { class: 'mark' }, stage === 'DONE' ? icon('check') : stage === 'CURRENT' ? icon('dot') : null),
          h('span', {}, label, stage !== null && h('span', { class: 'hidden' }, ` (${words[stage]})`)),
        ),
      ),
    ),
  );
}

const SIGNS = { ASKED: 'upload', REFUSED: 'refused', RECEIVED: 'tray', CHECKED: 'check' } as const;

type Documents = NonNullable<CaseScreen['documents']>;

/** Returns a document's name and status, and why it is asked for. */
export const documentHead = ({ name, status: how, statusLabel, reasonLabel, note }: Documents[number]) => [
  h('span', {}, name),
  badge(how.toLowerCase(), SIGNS[how], statusLabel ?? ''),
  ...(reasonLabel === null ? [] : [h('p', { class: 'reason' }, reasonLabel)]),
  ...(note === null ? [] : [h('p', { class: 'reason note' }, note)]),
];

const papers = (list: Documents) =>
  h('ul', { class: 'rows' }, ...list.map((document) => h('li', {}, ...documentHead(document))));

/** Returns the documents to supply. During the applicant's turn they come before everything else. */
function wanted(shown: Shown): HTMLElement | null {
  const { screen, words, supply } = shown;
  const list = wantedOf(screen);
  const isTurn = list.length > 0 || (supply !== null && screen.waitingOn === 'APPLICANT');
  return isTurn ? section('wanted', words.documentsAsked, asker(shown), supply ?? papers(list)) : null;
}

/** Returns who asks for the documents, until when, and how the applicant reaches the agency. */
function asker({ screen: { supplementRequest: request }, words, locale, now }: Shown): HTMLElement | null {
  if (!request) return null;
  const { until, agencyLabel, contact } = request;
  return h(
    'dl',
    {},
    row(words.until, day(until, locale), ' ', h('span', { class: 'distance' }, distanceText(until, now, locale))),
    agencyLabel !== null && row(words.askedBy, agencyLabel),
    contact !== null &&
      row(
        words.contact,
        h('a', { href: `tel:${contact.phone.replaceAll(/[^\d+]/g, '')}` }, contact.phone),
        contact.place !== null && h('span', { class: 'place' }, contact.place),
      ),
  );
}

function documents({ screen, words }: Shown): HTMLElement | null {
  const wantedNow = wantedOf(screen);
  const list = (screen.documents ?? []).filter((document) => !wantedNow.includes(document));
  return list.length === 0 ? null : section('documents', words.documents, papers(list));
}

function wantedOf({ documents: list, waitingOn }: CaseScreen): Documents {
  return waitingOn === 'APPLICANT' ? (list ?? []).filter(({ status: how }) => isWanted(how)) : [];
}

function opinions({ screen, words }: Shown): HTMLElement | null {
  const signOf = { AGREE: 'check', DISAGREE: 'refused' } as const;
  if (!screen.opinions?.length) return null;
  return section(
    'opinions',
    words.opinions,
    h(
      'ul',
      { class: 'rows' },
      ...screen.opinions.map(({ agencyLabel, verdict, verdictLabel }) =>
        h(
          'li',
          {},
          h('span', {}, agencyLabel),
          badge((verdict ?? 'awaited').toLowerCase(), verdict ? signOf[verdict] : 'clock', verdictLabel ?? ''),
        ),
      ),
    ),
  );
}

/** Returns the timeline, newest first; its numbers count down, as in the log. */
function timeline({ screen, words, locale }: Shown): HTMLElement | null {
  if (!screen.timeline) return null;
  return section(
    'timeline',
    words.timeline,
    h(
      'ol',
      { reversed: true },
      ...screen.timeline
        .toReversed()
        .map(({ label, at, agencyLabel }) =>
          h(
            'li',
            {},
            h('p', { class: 'event' }, label),
            h('p', { class: 'hint' }, instant(at, locale), ' · ', agencyLabel ?? words.byYou),
          ),
        ),
    ),
  );
}
