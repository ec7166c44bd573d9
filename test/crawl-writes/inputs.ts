import type { MutationName } from '../../src/domain/access/write-table.ts';
import { dayInShanghai } from '../../src/domain/calendar/day.ts';
import { legalHolidays } from '../../src/domain/calendar/legal-holidays.ts';
import { EMPTY_LEDGER } from '../../src/domain/linkages/ledger/apply.ts';
import { textOf } from '../../src/domain/linkages/ledger/entry.ts';
import { nextEntry } from '../../src/domain/linkages/ledger/ledger.ts';
import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import { signingZone } from '../../src/local/demo-data/signing-zone.ts';
import { enterpriseOf } from '../fixtures/enterprise.ts';
import { announced } from '../fixtures/files.ts';
import { THIRD_PARK, THIRD_ZONE } from './agreements-world.ts';
import { SIDES, type Side } from './callers.ts';
import { endpointOf, keyOf, webhookOf } from './developers-world.ts';
import { SITE } from './enterprises-world.ts';
import {
  ANSWER,
  DIRECTIVE,
  decided,
  FILE,
  inDays,
  NO_ENDPOINT,
  NO_ENTERPRISE,
  NOWHERE,
  OBSERVATION,
  OTHER,
  ofPark,
  onAgreement,
  onCase,
  onCourse,
  onDeveloper,
  onDirective,
  onEnterprise,
  onInspection,
  onOffer,
  onPark,
  onRelocation,
  onRequest,
  onUnit,
  POST,
  REASONS,
  revealed,
  SUPPLIER,
  seen,
  soon,
  type Tried,
  text,
  toOtherPark,
  tried,
} from './inputs/makers.ts';
import { flatsOf } from './places-world.ts';
import { OWN_QUESTION } from './records-world.ts';
import { CASE_TYPE, DOCUMENT } from './world.ts';

const QUESTION = {
  name: text('Asked'),
  query: '{ zones(first: 3) { nodes { id } } }',
  variables: '{}',
  view: 'TABLE',
};

/** An entry for each mutation: one that is missing makes the crawl fail. */
export const INPUTS: Readonly<Record<MutationName, Tried>> = {
  openCase: tried('applicant home', ({ zones, parks, enterprises }) =>
    Object.fromEntries(
      SIDES.map((side, i) => [
        side,
        {
          caseType: CASE_TYPE.id,
          zone: zones[side],
          park: parks[side],
          enterprise: enterprises[side],
          applicant: { name: '张某某', idNumber: syntheticResidentId('1988-02-03', 7 + i), phone: '10012345678' },
          relation: 'SELF',
          ownsDwelling: false,
        },
      ]),
    ),
  ),
  renewReceiptSecret: tried('applicant home', onCase('draft')),
  setNewsContact: tried(
    'applicant home',
    onCase('draft', () => ({ channel: 'SMS', address: '10012345678', locale: 'ZH' })),
  ),
  removeNewsContact: tried('applicant home', onCase('draft')),
  bindWeChat: tried(
    'applicant home',
    onCase('draft', () => ({ code: 'code-of-the-crawl', locale: 'ZH' })),
  ),
  requestUpload: tried(
    'applicant home',
    onCase('draft', () => ({ document: DOCUMENT, fileName: 'file.pdf', ...announced(FILE) })),
  ),
  supplyDocument: tried('applicant home', (world) => {
    const { cases, uploads } = world;
    return {
      home: { case: cases.home.draft.id, upload: uploads.home },
      away: { case: cases.away.draft.id, upload: uploads.away },
      'home with the upload of away': { case: cases.home.draft.id, upload: uploads.away },
      forged: { case: NOWHERE.id, upload: uploads.home },
    };
  }),
  useVerifiedDocument: tried('applicant home', (world) => ({
    ...onCase('bare', () => ({ document: DOCUMENT, fromCase: world.cases.home.verified.id }))(world),
  })),
  withdrawVerifiedDocument: tried(
    'applicant home',
    onCase('using', () => ({ document: DOCUMENT })),
  ),
  submitCase: tried('holder of draft', onCase('draft')),
  recommendTalent: tried('clerk home', onCase('employersDraft')),
  giveConsent: tried('applicant home', onCase('childsDraft')),
  withdrawCase: tried('applicant home', onCase('submitted')),
  requestReconsideration: tried('applicant home', onCase('rejected')),
  rateCase: tried(
    'applicant home',
    onCase('delivered', () => ({ rating: 5 })),
  ),
  acceptCase: tried('home PARK ALL', onCase('submitted', seen)),
  declineCase: tried(
    'home PARK ALL',
    onCase('submitted', (of) => ({ ...seen(of), reasons: REASONS })),
  ),
  requestSupplement: tried(
    'home PARK ALL',
    onCase('submitted', (of, world) => ({
      ...seen(of),
      documents: [DOCUMENT],
      until: inDays(world, 10),
      reasons: [{ document: DOCUMENT, reason: 'ILLEGIBLE', note: 'The date is cut off.' }],
      contact: { phone: '022-0000 0000', place: { zh: '3 号窗口' } },
    })),
  ),
  verifyIdentity: tried('home PARK ALL', onCase('submitted', seen)),
  recordPersonFacts: tried(
    'home PSB ALL',
    onCase('inReview', (_, world) => ({
      ...{ version: 0, on: inDays(world, -1) },
      facts: [{ fact: 'localHukou', yes: true }],
    })),
  ),
  startReview: tried('home HOUSING ALL', onCase('accepted', seen)),
  giveOpinion: tried(
    'home PSB ALL',
    onCase('inReview', () => ({ verdict: 'AGREE' })),
  ),
  giveOpinions: tried('home PSB ALL', (world) => {
    const opinions = Object.entries(onCase('inReview', () => ({ verdict: 'AGREE' }))(world));
    return {
      ...Object.fromEntries(opinions.map(([about, opinion]) => [about, { opinions: [opinion] }])),
      'all together': { opinions: opinions.map(([, opinion]) => opinion) },
    };
  }),
  startSpecialProcedure: tried(
    'home HOUSING ALL',
    onCase('inReview', (of) => ({ ...seen(of), reason: 'HEARING' })),
  ),
  endSpecialProcedure: tried('home HOUSING ALL', onCase('special', seen)),
  extendDeadline: tried(
    'home HOUSING ALL',
    onCase('inReview', (of) => ({ ...seen(of), by: 5 })),
  ),
  openPublicNotice: tried(
    'home HOUSING ALL',
    onCase('reviewed', (of, world) => ({ ...seen(of), until: inDays(world, 10) })),
  ),
  decideCase: tried('home HOUSING ALL', (world) => {
    const approved = onCase('reviewed', (of) => ({ ...seen(of), approved: true }))(world);
    const taking = SIDES.flatMap((side) =>
      Object.entries(approved).map(([about, input]) => [
        `${about}, a place of ${side}`,
        { ...input, facility: flatsOf(side) },
      ]),
    );
    return { ...approved, ...Object.fromEntries(taking) };
  }),
  deliverResult: tried(
    'home HOUSING ALL',
    onCase('rejected', (of) => ({ ...seen(of), documentSha256: 'ab'.repeat(32) })),
  ),
  closeCase: tried('home HOUSING ALL', onCase('notAccepted', seen)),
  endPlace: tried('home HOUSING ALL', onCase('approved')),
  handOverCase: tried('home PARK ALL', onCase('received', seen)),
  transferCase: tried('home PARK ALL', (world) =>
    Object.fromEntries(
      SIDES.flatMap((side) =>
        SIDES.toReversed().map((to) => {
          const of = world.cases[side].submitted;
          return [`${side} to ${to}`, { case: of.id, version: of.version, toZone: world.zones[to], reasons: REASONS }];
        }),
      ),
    ),
  ),
  takeUpReconsideration: tried('home HOUSING ALL', onCase('reconsidered', seen)),
  decideReconsideration: tried(
    'home HOUSING ALL',
    onCase('reconsidered', (of) => ({ ...seen(of), reversed: true, reasons: REASONS })),
  ),
  claimWork: tried('home PARK ALL', onCase('submitted')),
  releaseWork: tried('home HOUSING ALL', onCase('accepted')),
  setDigestContact: tried('home PARK ALL', () => ({
    own: { channel: 'SMS', address: '10012345678', locale: 'ZH' },
  })),
  removeDigestContact: tried('home PARK ALL', () => ({ own: {} })),
  revealField: tried('home HOUSING ALL', revealed({ field: 'PHONE' })),
  openDocument: tried('home HOUSING ALL', revealed({ document: DOCUMENT })),
  publishCaseType: tried('home HOUSING ALL', () => {
    const { id, version, kind, route, requiredDocuments, limits, retentionYears } = CASE_TYPE;
    const stated = { kind, route, name: text('Published'), requiredDocuments, limits, retentionYears };
    return {
      known: { ...stated, caseType: id, version, opinionsFrom: CASE_TYPE.opinionsFrom },
      'known, by another agency': { ...stated, caseType: id, version, opinionsFrom: ['PSB'] },
      new: { ...stated, caseType: 'ctype_writes-new', opinionsFrom: ['PSB', 'EDU'] },
    };
  }),
  publishZone: tried('admin', () => {
    const stated = { name: text('Published'), kind: 'BONDED', regionCode: '120116' };
    return {
      home: { ...stated, code: 'writes-home', version: 1 },
      away: { ...stated, code: 'writes-away', version: 1 },
      new: { ...stated, code: 'writes-new' },
    };
  }),
  publishPark: tried('home PARK ALL', ({ zones }) => {
    const stated = { name: text('Published'), regionCode: '120116' };
    return {
      home: { ...stated, code: 'writes-home', version: 1, zone: zones.home },
      away: { ...stated, code: 'writes-away', version: 1, zone: zones.away },
      'away, as one of home': { ...stated, code: 'writes-away', version: 1, zone: zones.home },
      'new in home': { ...stated, code: 'writes-new', zone: zones.home },
      'new in away': { ...stated, code: 'writes-new', zone: zones.away },
      'new in no zone': { ...stated, code: 'writes-new', zone: 'zone_nowhere' },
    };
  }),
  publishFacilities: tried(
    'home PARK PUBLISH',
    ofPark({ facilities: [{ code: 'canteen', kind: 'CANTEEN', name: text('Canteen'), capacity: 9 }] }),
  ),
  publishControlUnits: tried(
    'home PARK PUBLISH',
    ofPark({ version: 1, units: [{ code: 'office', kind: 'PARK_OFFICE', name: text('Office') }] }),
  ),
  publishPosts: tried('home PARK PUBLISH', onUnit('office', { posts: [POST] })),
  publishOwnPosts: tried('clerk home', onUnit('manager', { posts: [POST] })),
  answerJointControl: tried('home PSB ALL', onUnit('police', { version: 1, agrees: true })),
  publishPolicyVersion: tried('home PARK PUBLISH', ({ zones }) => {
    const stated = (side: Side) => ({
      code: `writes-${side}`,
      version: 1,
      title: text('Published'),
      issuer: { code: `writes-${side}`, name: text('Authority'), level: 'ZONE', zone: zones[side] },
      homeZones: [zones[side]],
      subject: 'ENTERPRISE',
      validFrom: '2020-01-01',
      clauses: [text('Clause')],
    });
    const { version: _, ...fresh } = stated('home');
    return {
      home: stated('home'),
      away: stated('away'),
      'away, as one of home': { ...stated('home'), code: 'writes-away' },
      'home, as one of away': { ...stated('away'), code: 'writes-home' },
      'new of home': { ...fresh, code: 'writes-new' },
      'new of home, for away': { ...fresh, code: 'writes-new', homeZones: [zones.home, zones.away] },
      "new of home, in away's name": { ...fresh, code: 'writes-new', issuer: { ...fresh.issuer, code: 'writes-away' } },
      'new of the State': {
        ...fresh,
        code: 'writes-new',
        issuer: { code: 'ministry', name: text('Ministry'), level: 'STATE' },
      },
    };
  }),
  withdrawPolicyVersion: tried('home PARK PUBLISH', () => ({
    ...Object.fromEntries(SIDES.map((side) => [side, { policy: `policy_writes-${side}`, number: 1, version: 1 }])),
    forged: { policy: 'policy_nowhere', number: 1, version: 1 },
  })),
  publishIndicator: tried('admin', () => {
    const stated = { name: text('Published'), formula: text('Counted'), unit: 'persons', decimals: 0 };
    return {
      new: { ...stated, code: 'writes-new' },
      known: { ...stated, code: 'writes', version: 1, rounding: 'TRUNCATE' },
    };
  }),
  publishCalendarYear: tried('admin', ({ now }) => {
    const year = Number(dayInShanghai(now).slice(0, 4)) + 1;
    const source = { title: text('Announced'), publishedOn: dayInShanghai(now) };
    return { new: { year, holidays: [...legalHolidays(`${year}`)], workedWeekendDays: [], source } };
  }),
  saveQuestion: tried('analyst', () => ({
    new: { ...QUESTION, forZone: false },
    'new for the zone': { ...QUESTION, forZone: true },
    "the analyst's": { ...QUESTION, forZone: false, id: OWN_QUESTION, version: 1 },
    'a public one': { ...QUESTION, forZone: false, id: 'question_writes-home', version: 1 },
  })),
  publishQuestion: tried('admin', ({ zones }) => ({
    home: { ...QUESTION, code: 'writes-home', version: 1, zone: zones.home },
    'away, as one of home': { ...QUESTION, code: 'writes-away', version: 1, zone: zones.home },
    'new of home': { ...QUESTION, code: 'writes-new', zone: zones.home },
    'new of the administration': { ...QUESTION, code: 'writes-new' },
  })),
  withdrawQuestion: tried('analyst', () => ({
    "the analyst's": { id: OWN_QUESTION, version: 1 },
    home: { id: 'question_writes-home', version: 1 },
    away: { id: 'question_writes-away', version: 1 },
  })),
  proposeObservations: tried('home PARK PUBLISH', ofPark({ version: 1, observations: [OBSERVATION] })),
  acceptObservations: tried('home PARK ACCEPT_FIGURES', ofPark({ version: 1 })),
  rejectObservations: tried('home PARK ACCEPT_FIGURES', ofPark({ version: 1, reason: 'Not so.' })),
  reportOperations: tried('clerk home', ({ enterprises, now }) => {
    const report = (enterprise: string) => ({
      enterprise,
      on: dayInShanghai(now),
      mode: 'ON_SITE',
      staffTotal: 5,
      staffReturned: 3,
    });
    return {
      home: { reports: [report(enterprises.home)] },
      away: { reports: [report(enterprises.away)] },
      both: { reports: [report(enterprises.home), report(enterprises.away)] },
      forged: { reports: [report(NO_ENTERPRISE)] },
    };
  }),
  withdrawReport: tried('clerk home', ({ enterprises, days }) => {
    const report = (enterprise: string) => ({ enterprise, on: days.open, version: 1, reason: 'Not so.' });
    return { home: report(enterprises.home), away: report(enterprises.away), forged: report(NO_ENTERPRISE) };
  }),
  assignTracking: tried(
    'home PARK ALL',
    onEnterprise(
      'settled',
      () => ({ desk: '企业服务中心', familyName: '张' }),
      () => ({}),
    ),
  ),
  openProject: tried('home PARK ALL', ({ parks }) => {
    const stated = { name: text('Project'), sector: 'OTHER', office: text('Office') };
    return {
      home: { ...stated, park: parks.home },
      away: { ...stated, park: parks.away },
      forged: { ...stated, park: 'park_nowhere' },
    };
  }),
  advanceProject: tried('home PARK ALL', ({ projects }) => {
    const stated = { version: 1, stage: 'SIGNED', office: text('Office') };
    return {
      home: { ...stated, project: projects.home },
      away: { ...stated, project: projects.away },
      forged: { ...stated, project: 'proj_nowhere' },
    };
  }),
  simulatePolicy: tried('home PARK PUBLISH', ({ parks }) => ({
    home: { park: parks.home },
    away: { park: parks.away },
    forged: { park: 'park_nowhere' },
  })),
  publishOffer: tried('home PARK ALL', (world) => {
    const { zones, enterprises } = world;
    const stated = {
      kind: 'OFFER',
      sector: 'OTHER',
      title: text('Offer'),
      text: text('Offer'),
      validTo: inDays(world, 9),
    };
    return {
      ...Object.fromEntries(SIDES.map((side) => [side, { ...stated, zone: zones[side] }])),
      ...Object.fromEntries(SIDES.map((side) => [`enterprise ${side}`, { ...stated, enterprise: enterprises[side] }])),
      forged: { ...stated, enterprise: NO_ENTERPRISE },
    };
  }),
  withdrawOffer: tried(
    'home PARK ALL',
    onOffer(() => ({ version: 1 })),
  ),
  showInterest: tried(
    'clerk home',
    onOffer(({ enterprises }, side) => ({ enterprise: enterprises[side], message: text('Interested') })),
  ),
  withdrawInterest: tried(
    'clerk away',
    onOffer(({ enterprises }, side) => ({ enterprise: enterprises[OTHER[side]], version: 1 })),
  ),
  acceptInterest: tried(
    'home PARK ALL',
    onOffer(({ enterprises }, side) => ({ enterprise: enterprises[OTHER[side]], version: 1 })),
  ),
  announceCourse: tried('home PARK ALL', (world) =>
    ofPark({ title: text('Course'), channel: text('Meeting'), startsAt: soon(world), capacity: 9 })(world),
  ),
  cancelCourse: tried(
    'home PARK ALL',
    onCourse('next', () => ({ version: 1 })),
  ),
  enrolInCourse: tried('clerk home', (world) => ({
    ...onCourse('next', ({ enterprises }, side) => ({ enterprise: enterprises[side], staff: 2, version: 1 }))(world),
    'home, for away': { course: world.courses.home.next, enterprise: world.enterprises.away, staff: 2 },
  })),
  recordAttendance: tried(
    'home PARK ALL',
    onCourse('begun', ({ enterprises }, side) => ({ enterprise: enterprises[side], attended: 1, version: 1 })),
  ),
  proposeAgreement: tried('home PARK ALL', ({ zones }) => {
    const stated = (zone: string) => ({
      title: text('Agreement'),
      kind: 'JOINT_DEVELOPMENT',
      parties: [zone, THIRD_ZONE].map((party) => ({ zone: party, role: 'OPERATOR' })),
      validFrom: '2030-01-01',
      purposes: [],
    });
    return { home: stated(zones.home), away: stated(zones.away), forged: stated('zone_nowhere') };
  }),
  signAgreement: tried('home PARK ALL', onAgreement('asked')),
  declineAgreement: tried('home PARK ALL', onAgreement('asked')),
  withdrawAgreement: tried('home PARK ALL', onAgreement('proposed')),
  amendAgreement: tried('home PARK ALL', onAgreement('signed', { title: text('Amended'), purposes: [] })),
  terminateAgreement: tried('home PARK ALL', onAgreement('signed', { lastDay: '2199-12-31' })),
  addCoverage: tried('home PARK ALL', ({ agreements }) => {
    const stated = (side: Side) => ({
      ...{ agreement: agreements[side].signed, policy: `policy_writes-${side}-covered`, policyVersion: 1 },
      ...{ toZone: THIRD_ZONE, validFrom: '2199-01-01' },
    });
    const [home, away] = [stated('home'), stated('away')];
    return { home, away, 'the policy of home by the agreement of away': { ...home, agreement: away.agreement } };
  }),
  endCoverage: tried('home PARK ALL', () => ({
    home: { coverage: 'cov_writes-home', version: 1, lastDay: '2199-12-31' },
    away: { coverage: 'cov_writes-away', version: 1, lastDay: '2199-12-31' },
    forged: { coverage: 'cov_nowhere', version: 1, lastDay: '2199-12-31' },
  })),
  recogniseQualification: tried('home PARK ALL', ({ agreements }) => {
    const stated = (side: Side) => ({
      ...{ agreement: agreements[side].signed, ofZone: THIRD_ZONE, kind: 'HIGH_TECH_ENTERPRISE' },
      validFrom: '2199-01-01',
    });
    return { home: stated('home'), away: stated('away'), forged: { ...stated('home'), ofZone: 'zone_nowhere' } };
  }),
  endRecognition: tried('home PARK ALL', () => ({
    home: { recognition: 'recog_writes-home', version: 1, lastDay: '2199-12-31' },
    away: { recognition: 'recog_writes-away', version: 1, lastDay: '2199-12-31' },
    forged: { recognition: 'recog_nowhere', version: 1, lastDay: '2199-12-31' },
  })),
  openRelocation: tried('home PARK ALL', ({ enterprises }) => {
    const facts = { ledBy: 'ENTERPRISE' };
    return {
      home: { enterprise: enterprises.home, toPark: THIRD_PARK, facts },
      away: { enterprise: enterprises.away, toPark: THIRD_PARK, facts },
      forged: { enterprise: enterprises.home, toPark: 'park_nowhere', facts },
    };
  }),
  stateRelocation: tried('home PARK ALL', onRelocation({ facts: { ledBy: 'ENTERPRISE' } })),
  confirmRelocation: tried('home PARK ALL', onRelocation()),
  withdrawRelocation: tried('home PARK ALL', onRelocation()),
  setSigningOfficers: tried('home PARK ALL', () => ({ home: { officers: 2 }, forged: { officers: 3 } })),
  enterInLedger: tried('home PARK ALL', (world) => {
    const { agreements, zones } = world;
    const signed = (side: Side, as: Side) => {
      const { publicKey, sign } = signingZone(side);
      const state = { ledger: agreements[side].signed, head: EMPTY_LEDGER, account: null };
      const text = textOf(nextEntry(state, zones[as], inDays(world, 0), { kind: 'REGISTER_KEY', publicKey }));
      return { agreement: agreements[side].signed, ...sign(text) };
    };
    return {
      home: signed('home', 'home'),
      away: signed('away', 'away'),
      'home, in the ledger of away': signed('away', 'home'),
      forged: { ...signed('home', 'home'), agreement: 'agr_nowhere' },
    };
  }),
  createApiKey: tried('partner home', () => ({ home: { label: 'crawl' } })),
  rotateApiKey: tried('partner home', () =>
    onDeveloper((side) => ({ apiKey: keyOf(side) }), { apiKey: 'nokey0000000' }),
  ),
  revokeApiKey: tried('partner home', () =>
    onDeveloper((side) => ({ apiKey: keyOf(side) }), { apiKey: 'nokey0000000' }),
  ),
  registerWebhookEndpoint: tried('partner home', () => ({ home: { url: 'https://hooks.example/new' } })),
  changeWebhookEndpoint: tried('partner home', () =>
    onDeveloper((side) => ({ endpoint: endpointOf(side), isEnabled: false }), { endpoint: NO_ENDPOINT }),
  ),
  removeWebhookEndpoint: tried('partner home', () =>
    onDeveloper((side) => ({ endpoint: endpointOf(side) }), { endpoint: NO_ENDPOINT }),
  ),
  redeliverWebhook: tried('partner home', () => ({
    ...onDeveloper((side) => ({ endpoint: endpointOf(side), webhook: webhookOf(side) }), {
      endpoint: NO_ENDPOINT,
      webhook: webhookOf('home'),
    }),
    'home, the webhook of away': { endpoint: endpointOf('home'), webhook: webhookOf('away') },
  })),
  issueDirective: tried('home PARK ALL', ({ parks, zones }) => {
    const stated = (side: Side) => ({
      number: '1',
      issuer: { code: `writes-${side}`, name: text('Headquarters'), level: 'ZONE', zone: zones[side] },
      audience: 'RESIDENTS',
      parks: [parks[side]],
      ...DIRECTIVE,
    });
    return {
      home: stated('home'),
      away: stated('away'),
      'home, for the park of away': { ...stated('home'), parks: [parks.home, parks.away] },
      'of the city': {
        ...stated('home'),
        issuer: { code: 'city', name: text('City'), level: 'CITY' },
        parks: [parks.home, parks.away],
      },
      forged: { ...stated('home'), parks: ['park_nowhere'] },
    };
  }),
  reviseDirective: tried(
    'home PARK ALL',
    onDirective(() => ({ version: 1, ...DIRECTIVE })),
  ),
  endDirective: tried(
    'home PARK ALL',
    onDirective(() => ({ version: 1 })),
  ),
  answerDirective: tried('clerk home', (world) => ({
    ...onDirective(({ enterprises }, side) => ({ ...ANSWER, enterprise: enterprises[side] }))(world),
    'home, for away': {
      directive: world.directives.home,
      ...ANSWER,
      park: world.parks.home,
      enterprise: world.enterprises.away,
    },
  })),
  answerDirectiveForPark: tried(
    'home PARK PUBLISH',
    onDirective(() => ANSWER),
  ),
  recordInspection: tried('home PARK ALL', (world) => {
    const finding = { code: 'exit', text: text('Exit blocked'), severity: 'MAJOR', dueOn: '2020-04-01' };
    const stated = (park: string, side: Side) => ({
      park,
      enterprise: world.enterprises[side],
      inspectedOn: '2020-03-16',
      findings: [finding],
    });
    return {
      ...Object.fromEntries(SIDES.map((side) => [side, stated(world.parks[side], side)])),
      forged: stated('park_nowhere', 'home'),
    };
  }),
  reportMended: tried('clerk home', onInspection('open', { proof: text('Mended') })),
  decideMending: tried('home PARK ALL', onInspection('reported', { accepts: true })),
  requestSupport: tried(
    'clerk home',
    onEnterprise(
      'settled',
      () => ({ kind: 'MARKET', channel: 'ONLINE', need: { item: 'sensors' } }),
      () => ({}),
    ),
  ),
  takeSupportRequest: tried('home PARK ALL', onRequest('open')),
  logVisit: tried(
    'home PARK ALL',
    onRequest('taken', ({ now }) => ({ on: dayInShanghai(now), channel: 'ON_SITE', outcome: { zh: '已走访' } })),
  ),
  answerSupportRequest: tried(
    'home PARK ALL',
    onRequest('taken', () => ({ answer: { zh: '已协调' } })),
  ),
  closeSupportRequest: tried('home PARK ALL', onRequest('answered')),
  rateSupportRequest: tried(
    'clerk home',
    onRequest('resolved', () => ({ rating: 4 })),
  ),
  withdrawSupportRequest: tried('clerk home', onRequest('open')),
  importEnterprises: tried('home PARK REGISTER', ({ parks, usccs, now }) => {
    const row = (uscc: string) => ({
      line: 1,
      uscc,
      nameZh: '另一个名称',
      nameEn: 'Another Name',
      industryCode: 'I6513',
      sector: 'DIGITAL_ECONOMY',
      sizeClass: 'SMALL',
      staffCount: '99',
    });
    const residentFrom = dayInShanghai(now);
    const fresh = enterpriseOf(77).uscc;
    return {
      ...Object.fromEntries(
        SIDES.flatMap((side) =>
          SIDES.map((whose) => [
            `${whose} enterprise into ${side}`,
            { park: parks[side], residentFrom, rows: [row(usccs[whose])] },
          ]),
        ),
      ),
      'new into home': { park: parks.home, residentFrom, rows: [row(fresh)] },
      'new into away': { park: parks.away, residentFrom, rows: [row(fresh)] },
      forged: { park: 'park_nowhere', residentFrom, rows: [row(fresh)] },
    };
  }),
  registerEnterprise: tried('home PARK REGISTER', ({ parks, now, usccs }) => {
    const facts = {
      nameZh: '新企业',
      industryCode: 'I6513',
      sector: 'DIGITAL_ECONOMY',
      sizeClass: 'SMALL',
      staffCount: 9,
    };
    const residentFrom = dayInShanghai(now);
    const into = (park: string, uscc: string) => ({ park, residentFrom, uscc, ...facts });
    const fresh = enterpriseOf(78).uscc;
    return {
      home: into(parks.home, fresh),
      away: into(parks.away, fresh),
      'away enterprise into home': into(parks.home, usccs.away),
      'home enterprise into away': into(parks.away, usccs.home),
      forged: into('park_nowhere', fresh),
    };
  }),
  confirmRegistration: tried('admin', onEnterprise('unconfirmed')),
  challengeRegistration: tried(
    'away PARK ALL',
    onEnterprise('unconfirmed', () => ({ reason: 'NOT_AGREED' })),
  ),
  decideChallenge: tried(
    'admin',
    onEnterprise('challenged', () => ({ outcome: 'REJECTED' })),
  ),
  agreeToAdmission: tried(
    'clerk home',
    onEnterprise('settled', (world, side) => ({ ...toOtherPark(world, side), from: inDays(world, 3) })),
  ),
  recordAdmission: tried(
    'away PARK ALL',
    onEnterprise(
      'settled',
      (world, side) => ({ ...toOtherPark(world, side), from: inDays(world, 3), kind: 'OPERATING', staffCount: 3 }),
      () => ({}),
    ),
  ),
  endAdmission: tried(
    'away PARK ALL',
    onEnterprise('admitted', (world, side) => ({ ...toOtherPark(world, side), lastDay: inDays(world, 30) })),
  ),
  requestMove: tried(
    'clerk home',
    onEnterprise('settled', (world, side) => ({ ...toOtherPark(world, side), keepsSites: true })),
  ),
  withdrawMove: tried('clerk of moving', onEnterprise('moving')),
  acceptMove: tried('away PARK ALL', onEnterprise('moving')),
  handOverEnterprise: tried('home PARK REGISTER', onEnterprise('accepted')),
  objectToMove: tried(
    'home PARK REGISTER',
    onEnterprise('accepted', () => ({ reason: 'FROZEN_BY_COURT' })),
  ),
  changeEnterprise: tried(
    'home PARK REGISTER',
    onEnterprise('settled', () => ({ sector: 'OTHER', staffCount: 11 })),
  ),
  leavePark: tried(
    'home PARK REGISTER',
    onEnterprise('settled', (world, side) => ({ park: world.parks[side], lastDay: inDays(world, 1) })),
  ),
  recordQualification: tried(
    'home PARK REGISTER',
    onEnterprise('settled', () => ({
      kind: 'TECH_SME',
      number: '2026-1',
      issuer: { zh: '科技局' },
      validFrom: '2026-01-01',
    })),
  ),
  revokeQualification: tried(
    'home PARK REGISTER',
    onEnterprise('holding', () => ({ kind: 'TECH_SME', number: '1', on: '2026-01-01' })),
  ),
  recordSite: tried(
    'home PARK REGISTER',
    onEnterprise('settled', () => ({ kind: 'RND_CENTRE', name: { zh: '研发中心' }, regionCode: '120116' })),
  ),
  closeSite: tried(
    'home PARK REGISTER',
    onEnterprise('holding', () => ({ site: SITE })),
  ),
  recordSupplyLink: tried(
    'home PARK REGISTER',
    onEnterprise('settled', () => ({ ...SUPPLIER, goodsCode: 'C2710', goods: { zh: '原料药' } })),
  ),
  endSupplyLink: tried(
    'home PARK REGISTER',
    onEnterprise('holding', () => SUPPLIER),
  ),
  decideEnterpriseProposal: tried(
    'home PARK REGISTER',
    onEnterprise('proposing', () => ({ proposal: 1, outcome: 'ACCEPTED' })),
  ),
  mergeEnterprises: tried(
    'clerk home',
    onEnterprise('settled', ({ registered }, side) => ({ into: registered[side].admitted.id, on: '2026-01-01' })),
  ),
  splitEnterprise: tried(
    'clerk home',
    onEnterprise('settled', ({ registered }, side) => ({
      into: [registered[side].admitted.id],
      on: '2026-01-01',
      endsPredecessor: false,
    })),
  ),
  confirmSuccession: tried('home PARK REGISTER', onEnterprise('succeeding')),
  endSuccession: tried('home PARK REGISTER', onEnterprise('succeeding')),
  decideMove: tried(
    'admin',
    onEnterprise('objected', () => ({ outcome: 'APPROVED' })),
  ),
  publishDay: tried(
    'home PARK PUBLISH_FIGURES',
    onPark(({ days, figures }, side) => ({ on: days.open, seen: figures[side].open })),
  ),
  proposeBackfill: tried(
    'home PARK PUBLISH_FIGURES',
    onPark(({ days, figures }, side) => ({ reason: 'Backfill', days: [{ on: days.open, seen: figures[side].open }] })),
  ),
  proposeCorrection: tried(
    'home PARK PUBLISH_FIGURES',
    onPark(({ days, enterprises }, side) => ({
      reason: 'Correction',
      reports: [
        {
          enterprise: enterprises[side],
          on: days.closed,
          mode: 'ON_SITE',
          staffTotal: 10,
          staffReturned: 7,
          corrects: 1,
        },
      ],
    })),
  ),
  withdrawFigures: tried(
    'home PARK ALL',
    onPark(({ proposals }, side) => decided(proposals[side])),
  ),
  acceptFigures: tried(
    'home PARK ACCEPT_FIGURES',
    onPark(({ proposals }, side) => decided(proposals[side])),
  ),
  rejectFigures: tried(
    'home PARK ACCEPT_FIGURES',
    onPark(({ proposals }, side) => ({ ...decided(proposals[side]), reason: 'No' })),
  ),
};
