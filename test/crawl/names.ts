import { makeUscc } from '../../src/domain/enterprises/uscc.ts';
import { makeId, ulidOfName } from '../../src/domain/ids.ts';
import { PERSONS } from './callers.ts';
import type { Rare } from './canary.ts';

/** What things of one world are called: no two worlds in one database have a thing in common. */
export interface Names {
  readonly zones: Readonly<Record<'home' | 'away' | 'third', string>>;
  readonly parks: Readonly<Record<'home' | 'away', string>>;
  readonly enterprises: Readonly<Record<'home' | 'away', string>>;
  readonly usccs: Readonly<Record<'home' | 'away', string>>;
  readonly supportRequests: Readonly<Record<'home' | 'away', string>>;
  /** In lists only: nobody asks for them by their ids. */
  readonly listedRequests: Readonly<Record<'home' | 'away', string>>;
  readonly inspection: string;
  readonly listedInspection: string;
  readonly policy: string;
  readonly project: string;
  readonly directive: string;
  readonly course: string;
  readonly offer: string;
  readonly agreement: string;
  readonly relocation: string;
  readonly listedRelocation: string;
  readonly group: string;
  /** What the issuer calls people. */
  readonly persons: Readonly<Record<string, string>>;
  /** Of cases, by what they are called here. */
  readonly receipts: Map<string, string>;
  /** The cases that callers ask for by their ids, their own and others'. */
  readonly askedCases: Map<string, string>;
  newCase(name: string, isListedOnly: boolean): string;
}

/** A long time ago, so that an id says nothing of when the crawl runs. */
const MADE_AT = Date.UTC(2026, 2, 2);

export function namesOf(world: number, rare: Rare): Names {
  const slug = (prefix: Parameters<typeof makeId>[0], name: string) => makeId(prefix, `crawl-${world}-${name}`);
  const ulid = (prefix: Parameters<typeof makeId>[0], name: string, at = MADE_AT) =>
    makeId(prefix, ulidOfName(`crawl ${world} ${name} ${rare.base32(8)}`, at));
  const usccOf = () =>
    makeUscc({ department: '9', category: '1', region: '120116', organisation: `QK${rare.digits(7)}` });
  const askedCases = new Map<string, string>();
  return {
    zones: { home: slug('zone', 'home'), away: slug('zone', 'away'), third: slug('zone', 'third') },
    parks: { home: slug('park', 'home'), away: slug('park', 'away') },
    enterprises: { home: ulid('ent', 'home'), away: ulid('ent', 'away') },
    usccs: { home: usccOf(), away: usccOf() },
    supportRequests: { home: ulid('sreq', 'home'), away: ulid('sreq', 'away') },
    listedRequests: {
      home: ulid('sreq', 'home listed', MADE_AT + 1),
      away: ulid('sreq', 'away listed', MADE_AT + 1),
    },
    inspection: ulid('insp', 'asked'),
    listedInspection: ulid('insp', 'listed', MADE_AT + 1),
    policy: slug('policy', 'talent'),
    offer: ulid('offer', 'asked'),
    course: ulid('course', 'asked'),
    directive: ulid('dir', 'asked'),
    project: slug('proj', 'planned'),
    agreement: slug('agr', 'sharing'),
    relocation: slug('reloc', 'asked'),
    listedRelocation: slug('reloc', rare.base32(16).toLowerCase()),
    group: slug('lgrp', 'linked'),
    persons: Object.fromEntries(PERSONS.map((person) => [person, `p-${rare.base32(16)}`])),
    receipts: new Map(),
    askedCases,
    newCase(name, isListedOnly) {
      const id = ulid('case', name);
      if (!isListedOnly) askedCases.set(name, id);
      return id;
    },
  };
}
