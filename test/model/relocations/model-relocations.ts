/**
 * The second reading of relocations, by docs/enterprises.md: a relocation is a log of what each zone said, and everything
 * else is read from the log each time.
 */

export type Zone = 'zone_a' | 'zone_b' | 'zone_c';

/** What a zone says of a relocation. */
export interface Said {
  readonly ledBy: string;
  readonly list: string | null;
  readonly relieves: string | null;
  readonly sites: readonly string[];
}

const LETTERS: Readonly<Record<keyof Said, string>> = {
  ledBy: 'LED_BY',
  list: 'LIST_NUMBER',
  relieves: 'RELIEVES',
  sites: 'REMAINING_SITES',
};
const FACTS = ['ledBy', 'list', 'relieves', 'sites'] as const;
const MAX_SAID = 20;
const textOf = (value: string | readonly string[] | null) =>
  JSON.stringify(typeof value === 'string' ? value : value && [...value].sort());

export class ModelRelocation {
  readonly log: { readonly zone: Zone; readonly said: Said }[] = [];
  isWithdrawn = false;
  /** The first day of the new home, where the firm has moved. */
  movedOn: string | null = null;
  /** Commands that were accepted, and the move. */
  version = 0;

  readonly from: Zone;
  readonly to: Zone;

  constructor(from: Zone, to: Zone) {
    this.from = from;
    this.to = to;
  }

  last(zone: Zone): Said | null {
    let found: Said | null = null;
    for (const each of this.log) if (each.zone === zone) found = each.said;
    return found;
  }

  get differences(): readonly string[] {
    const [one, other] = [this.last(this.from), this.last(this.to)];
    if (!one || !other) return [];
    return FACTS.filter((fact) => textOf(one[fact]) !== textOf(other[fact])).map((fact) => LETTERS[fact]);
  }

  agreed(fact: 'ledBy' | 'list'): string | null {
    const [one, other] = [this.last(this.from), this.last(this.to)];
    return one && other && one[fact] === other[fact] ? one[fact] : null;
  }

  /** Whether both zones have said the same at some time. */
  get wasConfirmed(): boolean {
    const past = new ModelRelocation(this.from, this.to);
    return this.log.some((each) => {
      past.log.push(each);
      return past.last(this.from) !== null && past.last(this.to) !== null && past.differences.length === 0;
    });
  }

  get state(): string {
    if (this.movedOn !== null) return 'REGISTERED';
    if (this.isWithdrawn) return 'WITHDRAWN';
    return this.wasConfirmed ? 'CONFIRMED' : 'OPEN';
  }

  private isParty(zone: Zone): boolean {
    return zone === this.from || zone === this.to;
  }

  /** A zone says something new. Returns whether it may. */
  say(zone: Zone, said: Said): boolean {
    const own = this.last(zone);
    const isNew = own === null || FACTS.some((fact) => textOf(own[fact]) !== textOf(said[fact]));
    const isFull = this.log.filter((each) => each.zone === zone).length >= MAX_SAID;
    if (!this.isParty(zone) || this.isWithdrawn || !isValid(said) || !isNew || isFull) return false;
    this.log.push({ zone, said });
    this.version += 1;
    return true;
  }

  confirm(zone: Zone): boolean {
    if (!this.isParty(zone)) return false;
    const said = this.last(zone === this.from ? this.to : this.from);
    return said !== null && this.say(zone, said);
  }

  withdraw(zone: Zone): boolean {
    if (!this.isParty(zone) || this.state !== 'OPEN') return false;
    this.isWithdrawn = true;
    this.version += 1;
    return true;
  }
}

/** A list number goes with a government and with nothing else; a site is named once, and is the firm's. */
export function isValid({ ledBy, list, sites }: Said): boolean {
  const hasNumber = list !== null && list.length > 0 && list.length <= 64;
  if (ledBy === 'GOVERNMENT' ? !hasNumber : list !== null) return false;
  return new Set(sites).size === sites.length && sites.every((site) => site === 'site_1' || site === 'site_2');
}

/** The firm: where it is at home, and the zone that it may move to at once. */
export class ModelFirm {
  home: Zone = 'zone_a';
  arranged: Zone | null = null;
  /** The zone that the firm has asked for without an arrangement. */
  asked: Zone | null = null;

  /** Both zones have confirmed. Returns whether the firm moves by it. */
  arrange(from: Zone, to: Zone): boolean {
    if (this.home !== from || this.arranged !== null) return false;
    if (this.asked === null) {
      this.arranged = to;
      return false;
    }
    if (this.asked !== to) return false;
    this.goTo(to);
    return true;
  }

  /** The firm asks. Returns null where it may not, else whether it moves at once. */
  ask(to: Zone): boolean | null {
    if (to === this.home || this.asked !== null) return null;
    if (this.arranged === to) {
      this.goTo(to);
      return true;
    }
    this.arranged = null;
    this.asked = to;
    return false;
  }

  /** The firm takes back what it asked, or declines what is arranged. */
  decline(): boolean {
    const isUnderWay = this.arranged !== null || this.asked !== null;
    this.arranged = null;
    this.asked = null;
    return isUnderWay;
  }

  goTo(zone: Zone): void {
    this.home = zone;
    this.arranged = null;
    this.asked = null;
  }
}
