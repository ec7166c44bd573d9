import { ordinal, type PrimaryKey, recordVersionKey } from './key.ts';

/** Keys of the parks table. The own partition of a zone, a park, a policy or an indicator is its id. */
export const parkKeys = {
  zone: (id: string): PrimaryKey => ({ pk: id, sk: 'ZONE' }),
  park: (id: string): PrimaryKey => ({ pk: id, sk: 'PARK' }),
  /** All facilities of a park. `Park.facilities` of many parks is one BatchGet. */
  facilities: (park: string): PrimaryKey => ({ pk: park, sk: 'FACILITIES' }),
  control: (park: string): PrimaryKey => ({ pk: park, sk: 'CONTROL' }),
  /** The posts of one control unit. */
  posts: (park: string, unit: string): PrimaryKey => ({ pk: park, sk: `POSTS#${unit}` }),
  policy: (id: string): PrimaryKey => ({ pk: id, sk: 'POLICY' }),
  clauses: (policy: string, version: number): PrimaryKey => ({ pk: policy, sk: `CLAUSES#${ordinal(version)}` }),
  /** `policies(inForceOn)`: policy versions in force on all days of a bucket, by their first day in force. */
  inForce: (bucket: string, from: string, policy: string): PrimaryKey => ({
    pk: `IN_FORCE#${bucket}`,
    sk: `${from}#${policy}`,
  }),
  indicator: (id: string): PrimaryKey => ({ pk: id, sk: 'INDICATOR' }),
  /** The arrangement of holidays of a year, e.g. `2027`. */
  calendarYear: (year: string): PrimaryKey => ({ pk: `CALENDAR#${year}`, sk: 'ARRANGEMENT' }),
  question: (id: string): PrimaryKey => ({ pk: id, sk: 'QUESTION' }),
  /** A version of a record, beside the current one: its history, and the event of its publication. */
  recordVersion: recordVersionKey,
  observationsProposal: (park: string): PrimaryKey => ({ pk: park, sk: 'OBSERVATIONS_PROPOSAL' }),
  /** `Park.observations(from, to, period)`: by the last day of the period. */
  observation: (geography: string, unit: string, to: string, indicator: string, basis: string): PrimaryKey => ({
    pk: `${geography}#OBSERVED#${unit}`,
    sk: `${to}#${indicator}#${basis}`,
  }),
} as const;

/** Index keys of the parks table. */
export const parkIndexes = {
  /** gsi1: all zones, all parks, all indicators, by code. */
  zones: (code: string) => ({ gsi1pk: 'ZONES', gsi1sk: code }),
  parks: (code: string) => ({ gsi1pk: 'PARKS', gsi1sk: code }),
  indicators: (code: string) => ({ gsi1pk: 'INDICATORS', gsi1sk: code }),
  /** gsi1: saved questions by id: the public ones, a zone's, or a caller's by the hash that names them. */
  questions: (list: string, id: string) => ({ gsi1pk: `QUESTIONS#${list}`, gsi1sk: id }),
  /** gsi2: zones of a kind, parks of a zone, by code. */
  zonesOfKind: (kind: string, code: string) => ({ gsi2pk: `ZONES#${kind}`, gsi2sk: code }),
  parksOfZone: (zone: string, code: string) => ({ gsi2pk: `${zone}#PARKS`, gsi2sk: code }),
  /**
   * gsi1: all policies; gsi2: an issuer's; gsi3: those for a kind of subject; by the first day of the newest version.
   */
  policies: (order: string) => ({ gsi1pk: 'POLICIES', gsi1sk: order }),
  policiesOfIssuer: (issuer: string, order: string) => ({ gsi2pk: `POLICIES#ISSUER#${issuer}`, gsi2sk: order }),
  policiesForSubject: (subject: string, order: string) => ({ gsi3pk: `POLICIES#SUBJECT#${subject}`, gsi3sk: order }),
  /** gsi2: an issuer's policies in force in a bucket; gsi3: those for a kind of subject. */
  inForceOfIssuer: (issuer: string, bucket: string, from: string, policy: string) => ({
    gsi2pk: `IN_FORCE#${bucket}#ISSUER#${issuer}`,
    gsi2sk: `${from}#${policy}`,
  }),
  inForceForSubject: (subject: string, bucket: string, from: string, policy: string) => ({
    gsi3pk: `IN_FORCE#${bucket}#SUBJECT#${subject}`,
    gsi3sk: `${from}#${policy}`,
  }),
  /** gsi1: observations of one indicator, by unit of period and last day. */
  observationsOfIndicator: (geography: string, indicator: string, unit: string, to: string, basis: string) => ({
    gsi1pk: `${geography}#OBSERVED#${indicator}`,
    gsi1sk: `${unit}#${to}#${basis}`,
  }),
} as const;
