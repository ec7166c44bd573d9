import { identityOf } from '../src/local/demo-data/enterprises/enterprises.ts';
import { demoParks } from '../src/local/demo-data/parks/parks.ts';
import { SCALES as SCALE_OF } from '../src/local/demo-data/scale.ts';
import type { Bearer } from './callers.ts';
import { writeSection } from './document.ts';
import { countAt } from './dynamodb-calls.ts';
import type { Operation } from './load.ts';
import { table } from './table.ts';

const SCALES = ['S', 'M'] as const;

const OFFICER: Bearer = { as: 'officer' };
const PARK = 'park(code: "binhai-zhongguancun")';
const PAGE = 'first: 20';
const FROM = 'from: "2020-01-01T00:00:00Z"';

/** Returns the way to an enterprise of a demo park, by its place there, and its clerk. */
function enterprise(parkId: string, place: number) {
  const park = demoParks(SCALE_OF.S).find(({ id }) => id === parkId);
  if (!park) throw new Error(`there is no ${parkId}`);
  const { uscc, id } = identityOf(park, place);
  return { way: `enterprise(uscc: "${uscc}")`, clerk: { as: 'clerk', enterprise: id } as const };
}

const FIRM = enterprise('park_binhai-zhongguancun', 0);
const OTHER_FIRM = enterprise('park_binhai-zhongguancun', 1);
const GROWN = enterprise('park_binhai-zhongguancun', 96);
const GAPS = `supplyGaps(park: "park_binhai-zhongguancun", sector: OTHER, ${PAGE})`;

/** The lists: fields from the root, with what is asked of an entry. */
const LISTS: Readonly<Record<string, readonly [way: readonly string[], by?: Bearer]>> = {
  'Enterprise.earlierResidencies': [[GROWN.way, `earlierResidencies(${PAGE})`, 'nodes { from to park { id } }']],
  'Enterprise.registerEvents': [[FIRM.way, `registerEvents(${PAGE})`, 'nodes { kind at }'], OFFICER],
  'Enterprise.supportRequests': [[FIRM.way, `supportRequests(${PAGE})`, 'nodes { id status }'], OFFICER],
  'Enterprise.directiveAnswers': [[FIRM.way, `directiveAnswers(${PAGE})`, 'nodes { state }'], OFFICER],
  'Enterprise.enrolments': [[FIRM.way, `enrolments(${PAGE})`, 'nodes { staff }'], OFFICER],
  'Enterprise.inspections': [[FIRM.way, `inspections(${PAGE})`, 'nodes { id }'], FIRM.clerk],
  'Enterprise.offerInterests': [[OTHER_FIRM.way, `offerInterests(${PAGE})`, 'nodes { state }'], OTHER_FIRM.clerk],
  'Enterprise.policyNotices': [[FIRM.way, `policyNotices(${PAGE})`, 'nodes { policy { id } }'], OFFICER],
  'Park.enterprises': [[PARK, `enterprises(${PAGE})`, 'nodes { id sector residencies { from } }']],
  'Park.courses': [[PARK, `courses(${FROM}, ${PAGE})`, 'nodes { id free }']],
  'Course.enrolments': [
    [PARK, `courses(${FROM}, first: 1)`, 'nodes', `enrolments(${PAGE})`, 'nodes { staff }'],
    OFFICER,
  ],
  'Park.directives': [[PARK, `directives(${PAGE})`, 'nodes { id }'], OFFICER],
  'Directive.answers': [
    [PARK, 'directives(first: 1)', 'nodes', `answers(park: "park_binhai-zhongguancun", ${PAGE})`, 'nodes { state }'],
    OFFICER,
  ],
  'Park.inspections': [[PARK, `inspections(${PAGE})`, 'nodes { id findings { code } }'], OFFICER],
  'Park.projects': [[PARK, `projects(${PAGE})`, 'nodes { id stage }']],
  'Park.figuresProposals': [[PARK, `figuresProposals(${PAGE})`, 'nodes { id }'], OFFICER],
  'Query.cooperationOffers': [[`cooperationOffers(sector: DIGITAL_ECONOMY, ${PAGE})`, 'nodes { id }']],
  'Query.enterpriseNotices': [[`enterpriseNotices(zone: "zone_teda", ${PAGE})`, 'nodes { kind }'], OFFICER],
  'Query.enterprises': [[`enterprises(sector: DIGITAL_ECONOMY, ${PAGE})`, 'nodes { id }']],
  'Query.supplyGaps': [[GAPS, 'gaps { goodsCode }']],
};

function operation(name: string, way: readonly string[], by: Bearer | undefined): Operation {
  const query = way.reduceRight((below, step) => (below === '' ? step : `${step} { ${below} }`), '');
  return { name, query: `{ ${query} }`, variables: {}, by };
}

/**
 * Writes calls and bytes of each list into the document, between its marks.
 * @throws Error where a list takes more calls at the larger scale
 */
export async function benchLists(): Promise<void> {
  const operations = Object.entries(LISTS).map(([name, [way, by]]) => operation(name, way, by));
  const seen = await countAt(SCALES, operations);
  const counted = (name: string, scale: string) => seen.get(`${name} ${scale}`) ?? { operations: [], bytes: 0 };
  const rows = operations.map(({ name }) => {
    const [small, medium] = SCALES.map((scale) => counted(name, scale));
    const calls = [small, medium].map((each) => each?.operations.length ?? 0);
    const shown = calls[0] === calls[1] ? `${calls[0]}` : calls.join(', ');
    return [name, shown, ...[small, medium].map((each) => (each?.bytes ?? 0).toLocaleString('en'))];
  });
  writeSection('lists', table(['list', 'calls S, M', 'bytes S', 'bytes M'], rows));
  const growing = rows.filter(([, calls]) => calls?.includes(','));
  if (growing.length > 0) throw new Error(`Calls differ: ${growing.map(([name]) => name).join(', ')}.`);
}
