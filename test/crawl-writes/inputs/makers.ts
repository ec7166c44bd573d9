/** Makers of inputs: mutations of one case, enterprise, request or park of each side, and of none. */
import { addDays, dayInShanghai } from '../../../src/domain/calendar/day.ts';
import { pdf } from '../../fixtures/files.ts';
import { SIDES, type Side } from '../callers.ts';
import type { EnterpriseName } from '../enterprises-world.ts';
import type { PublishedFigures } from '../figures-world.ts';
import type { RequestName } from '../requests-world.ts';
import type { CaseName, World, WorldCase } from '../world.ts';

/** The rows and instants that inputs name. */
export interface InputWorld extends World, PublishedFigures {
  readonly now: Date;
  /** A file that the applicant of each side has announced for the draft, and sent. */
  readonly uploads: Readonly<Record<Side, string>>;
}

type Input = Readonly<Record<string, unknown>>;

/** Inputs of a mutation by what they are about: `home`, `away`, something forged, or parts of both. */
type Inputs = Readonly<Record<string, Input>>;

type InputMaker = (world: InputWorld) => Inputs;

/** The file that is sent for a document. */
export const FILE = pdf('crawl of writes');

export const NOWHERE: WorldCase = {
  id: 'case_01HB0000000000000000000000',
  receiptNumber: 'BHZ-NOWHERE',
  version: 1,
  zone: 'zone_nowhere',
  applicant: 'nobody',
  handler: null,
};

export const NO_ENTERPRISE = 'ent_01HB0000000000000000000000';

const NO_REQUEST = 'sreq_01HB0000000000000000000000';

export const SUPPLIER = { direction: 'UPSTREAM', regionCode: '120115' };

export const REASONS = [{ zh: '理由' }];

export const text = (word: string) => ({ zh: word, ja: word, en: word });

/** A mutation of one case: on that of each side, and on none. `more` makes the rest of the input. */
export function onCase(name: CaseName, more: (of: WorldCase, world: InputWorld) => Input = () => ({})): InputMaker {
  return (world) =>
    Object.fromEntries(
      [...SIDES.map((side) => [side, world.cases[side][name]] as const), ['forged', NOWHERE] as const].map(
        ([about, of]) => [about, { case: of.id, ...more(of, world) }],
      ),
    );
}

export const seen = ({ version }: WorldCase) => ({ version });

export const inDays = ({ now }: InputWorld, days: number) => addDays(dayInShanghai(now), days);

export const OTHER = { home: 'away', away: 'home' } as const;

/** A mutation of one enterprise: on that of each side, and on none. `more` makes the rest of the input. */
export function onEnterprise(
  name: EnterpriseName,
  more: (world: InputWorld, side: Side) => Input = () => ({}),
  says: (version: number) => Input = (version) => ({ version }),
): InputMaker {
  return (world) => ({
    ...Object.fromEntries(
      SIDES.map((side) => {
        const { id, version } = world.registered[side][name];
        return [side, { enterprise: id, ...says(version), ...more(world, side) }];
      }),
    ),
    forged: { enterprise: NO_ENTERPRISE, ...says(1), ...more(world, 'home') },
  });
}

/** A mutation of one support request: on that of each side, and on none. `more` makes the rest of the input. */
export function onRequest(name: RequestName, more: (world: InputWorld) => Input = () => ({})): InputMaker {
  return (world) => ({
    ...Object.fromEntries(
      SIDES.map((side) => {
        const { id, version } = world.requests[side][name];
        return [side, { request: id, version, ...more(world) }];
      }),
    ),
    forged: { request: NO_REQUEST, version: 1, ...more(world) },
  });
}

export const NO_ENDPOINT = 'hook_01HB0000000000000000000000';

/** A mutation of a zone's account: of what is each side's, and of what is nobody's. */
export const onDeveloper = (of: (side: Side) => Input, forged: Input): Inputs => ({
  home: of('home'),
  away: of('away'),
  forged,
});

export const soon = ({ now }: InputWorld) => new Date(now.getTime() + 86_400_000).toISOString();

/** A mutation of one course, of the park of each side, and of none. `more` makes the rest of the input. */
export function onCourse(name: 'next' | 'begun', more: (world: InputWorld, side: Side) => Input): InputMaker {
  return (world) => ({
    home: { course: world.courses.home[name], ...more(world, 'home') },
    away: { course: world.courses.away[name], ...more(world, 'away') },
    forged: { course: 'course_01HB0000000000000000000000', ...more(world, 'home') },
  });
}

/** A mutation of one offer, of the zone and of the enterprise of each side, and of none. */
export function onOffer(more: (world: InputWorld, side: Side) => Input): InputMaker {
  return (world) => ({
    ...Object.fromEntries(SIDES.map((side) => [side, { offer: world.offers[side].zone, ...more(world, side) }])),
    ...Object.fromEntries(
      SIDES.map((side) => [`enterprise ${side}`, { offer: world.offers[side].enterprise, ...more(world, side) }]),
    ),
    forged: { offer: 'offer_01HB0000000000000000000000', ...more(world, 'home') },
  });
}

export const DIRECTIVE = {
  title: text('Directive'),
  text: text('Directive'),
  measures: [{ code: 'checks', text: text('Checks') }],
};

export const ANSWER = { directiveVersion: 1, state: 'ACKNOWLEDGED' };

/** A mutation of one directive, in the park of each side, and on none. `more` makes the rest of the input. */
export function onDirective(more: (world: InputWorld, side: Side) => Input): InputMaker {
  return (world) => {
    const of = (directive: string, side: Side) => {
      const said = more(world, side);
      return { directive, ...('state' in said && { park: world.parks[side] }), ...said };
    };
    return {
      home: of(world.directives.home, 'home'),
      away: of(world.directives.away, 'away'),
      forged: of('dir_01HB0000000000000000000000', 'home'),
    };
  };
}

/** A mutation of one agreement: of that of each side, and of none. */
export function onAgreement(name: keyof World['agreements'][Side], more: Input = {}): InputMaker {
  return ({ agreements }) => ({
    ...Object.fromEntries(SIDES.map((side) => [side, { agreement: agreements[side][name], version: 1, ...more }])),
    forged: { agreement: 'agr_nowhere', version: 1, ...more },
  });
}

/** A mutation of one relocation: of that of each side, and of none. */
export function onRelocation(more: Input = {}): InputMaker {
  return () => ({
    ...Object.fromEntries(SIDES.map((side) => [side, { relocation: `reloc_writes-${side}`, version: 1, ...more }])),
    forged: { relocation: 'reloc_nowhere', version: 1, ...more },
  });
}

/** The park of the other side, to which an enterprise goes. */
export const toOtherPark = ({ parks }: InputWorld, side: Side) => ({ park: parks[OTHER[side]] });

export const OBSERVATION: Input = {
  indicator: 'ind_writes',
  period: { unit: 'DAY', from: '2020-03-16', to: '2020-03-16' },
  basis: 'POINT',
  value: '236',
  unit: 'persons',
  status: 'FINAL',
  source: { title: text('Source'), publishedOn: '2020-03-18' },
};

/** A record of a park: of that of each side, a zone that is taken for a park, and none. */
export function ofPark(record: Input): InputMaker {
  return ({ parks, zones }) => ({
    ...Object.fromEntries(SIDES.map((side) => [side, { park: parks[side], ...record }])),
    'a zone': { park: zones.home, ...record },
    forged: { park: 'park_nowhere', ...record },
  });
}

/** A step of a finding: of an inspection of each side, and of none. */
export function onInspection(name: 'open' | 'reported', more: Input): InputMaker {
  return ({ inspections }) => ({
    ...Object.fromEntries(
      SIDES.map((side) => [side, { inspection: inspections[side][name], version: 1, finding: 'exit', ...more }]),
    ),
    forged: { inspection: 'insp_01HB0000000000000000000000', version: 1, finding: 'exit', ...more },
  });
}

/** A mutation of one control unit: on that of each side, and on none. */
export function onUnit(code: string, more: Input): InputMaker {
  return () => ({
    ...Object.fromEntries(SIDES.map((side) => [side, { unit: `unit_writes-${side}--${code}`, ...more }])),
    'a unit of no park': { unit: `unit_nowhere--${code}`, ...more },
    forged: { unit: 'unit_writes-home--nobody', ...more },
  });
}

export const POST: Input = {
  code: 'gate',
  name: text('Gate'),
  shifts: [{ days: ['MON'], from: '08:00', to: '20:00', roster: [{ duty: 'GATE_GUARD', staff: 2 }] }],
};

/** A mutation of one park: on that of each side, on a proposal of the other park, and on none. */
export function onPark(more: (world: InputWorld, side: Side) => Input): InputMaker {
  return (world) => ({
    ...Object.fromEntries(SIDES.map((side) => [side, { park: world.parks[side], ...more(world, side) }])),
    'home, with what is of away': { park: world.parks.home, ...more(world, 'away') },
    forged: { park: 'park_nowhere', ...more(world, 'home') },
  });
}

export const decided = ({ id, version }: { readonly id: string; readonly version: number }) => ({
  proposal: id,
  version,
});

export function revealed(more: Input): InputMaker {
  const reasons: readonly Input[] = [
    ...['CASE_HANDLING', 'CORRECTION', 'SUPERVISION', 'OWN_DATA'].map((purpose) => ({ purpose })),
    { purpose: 'CASE_HANDLING', emergency: 'DANGER_TO_LIFE_OR_HEALTH' },
  ];
  return (world) =>
    Object.fromEntries(
      reasons.flatMap((reason) =>
        Object.entries(onCase('inReview')(world)).map(([about, input]) => [
          `${about} ${Object.values(reason).join(' ')}`,
          { ...input, ...more, ...reason },
        ]),
      ),
    );
}

/** The tries of a mutation. */
export interface Tried {
  /** The name of a caller who may do the first of the inputs: else the crawl would show nothing. */
  readonly by: string;
  readonly make: InputMaker;
}

export const tried = (by: string, make: InputMaker): Tried => ({ by, make });
