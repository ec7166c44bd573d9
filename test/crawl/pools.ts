import {
  type GraphQLArgument,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { ID_PREFIXES } from '../../src/domain/ids.ts';
import type { Names } from './names.ts';

/** Values that callers ask for, their own and others', by what they name. */
export type Pools = Readonly<Record<string, readonly string[]>>;

export function poolsOf(names: Names, caseTypes: readonly string[]): Pools {
  const codes = (ids: readonly string[]) => ids.map((id) => id.slice(id.indexOf('_') + 1));
  const { zones, parks, enterprises, usccs } = names;
  const byPrefix = {
    zone: Object.values(zones),
    park: Object.values(parks),
    ent: Object.values(enterprises),
    case: [...names.askedCases.values()],
    policy: [names.policy],
    proj: [names.project],
    dir: [names.directive],
    course: [names.course],
    offer: [names.offer],
    sreq: Object.values(names.supportRequests),
    insp: [names.inspection],
    agr: [names.agreement],
    reloc: [names.relocation],
    lgrp: [names.group],
    ctype: caseTypes,
    bwh: ['bwh_crawl'],
  };
  return {
    ...byPrefix,
    any: Object.values(byPrefix).flat(),
    uscc: Object.values(usccs),
    receiptNumber: [...names.receipts.values()],
    'park code': codes(byPrefix.park),
    'zone code': codes(byPrefix.zone),
  };
}

/** What a variable is given: one of a pool, or all of it. */
export interface Draw {
  readonly pool: string;
  readonly isList: boolean;
  /** Of several arguments of which one is to be given: which this one is. */
  readonly alternative?: { readonly place: number; readonly of: number };
}

/** The value of one of several requests with the same document. */
export function drawnValue({ pool, isList, alternative }: Draw, pools: Pools, set: number): unknown {
  const values = pools[pool] ?? pools.any ?? [];
  if (isList) return values;
  if (!alternative) return values[set % values.length];
  // Each of the alternatives is given each value in turn.
  return set % alternative.of === alternative.place ? values[Math.floor(set / alternative.of) % values.length] : null;
}

/** How many requests it takes until each value was given. */
export function setsOf({ pool, isList, alternative }: Draw, pools: Pools): number {
  return isList ? 1 : (pools[pool]?.length ?? 1) * (alternative?.of ?? 1);
}

const PREFIX_OF_TYPE = new Map<string, string>(Object.entries(ID_PREFIXES).map(([prefix, { type }]) => [type, prefix]));
PREFIX_OF_TYPE.set('BondedWarehouse', 'bwh');

/** By the argument's name, where it says what it names. */
const POOL_OF_NAME: Readonly<Record<string, string>> = {
  park: 'park',
  zone: 'zone',
  toZone: 'zone',
  residenceZone: 'zone',
  enterprise: 'ent',
  policy: 'policy',
  group: 'lgrp',
  case: 'case',
  caseType: 'ctype',
  uscc: 'uscc',
  receiptNumber: 'receiptNumber',
};

/** The pool of an argument that names something; undefined where it takes any other value. */
export function poolOf(argument: GraphQLArgument, returned: string): string | undefined {
  const { name, type } = argument;
  if (name === 'id' || name === 'ids') return PREFIX_OF_TYPE.get(returned) ?? 'any';
  if (name === 'code') return `${returned.toLowerCase()} code`;
  return POOL_OF_NAME[name] ?? (getNamedType(type).name === 'ID' ? 'any' : undefined);
}

/** Of inputs of which one optional field has to be given: that field. */
const ONE_OF: Readonly<Record<string, string>> = { CaseSearchInput: 'name' };

/** A literal for an argument that has to be given and names nothing. */
export function literalOf(name: string, type: GraphQLInputType, idOf: (name: string) => string): string {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return `[${literalOf(name, nullable.ofType, idOf)}]`;
  if (isEnumType(nullable)) return nullable.getValues()[0]!.name;
  if (isInputObjectType(nullable)) {
    const fields = Object.values(nullable.getFields());
    const required = fields.filter((field) => isNonNullType(field.type));
    const one = fields.filter((field) => field.name === ONE_OF[nullable.name]);
    const given = required.length > 0 ? [...one, ...required] : fields.slice(0, 1);
    return `{ ${given.map((field) => `${field.name}: ${literalOf(field.name, field.type, idOf)}`).join(', ')} }`;
  }
  if (name in LITERALS) return LITERALS[name]!;
  switch (getNamedType(nullable).name) {
    case 'ID':
      return idOf(name);
    case 'Int':
      return '1';
    case 'Float':
      return '1.0';
    case 'Decimal':
    case 'Fen':
      return '"1"';
    case 'Boolean':
      return 'true';
    case 'Date':
      return '"2026-03-02"';
    case 'DateTime':
      return '"2026-03-02T00:00:00.000Z"';
    default:
      return '"crawl-crawl"';
  }
}

const LITERALS: Readonly<Record<string, string>> = {
  first: '2',
  from: '"2020-02-01"',
  to: '"2020-03-31"',
  sha256: `"${'ab'.repeat(32)}"`,
  documentSha256: `"${'ab'.repeat(32)}"`,
};
