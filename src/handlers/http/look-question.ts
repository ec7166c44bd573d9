import { isDay, shanghaiInstant } from '../../domain/calendar/day.ts';
import type { LookDocument, LookVariable } from '../../domain/questions/look-document.ts';
import { isPersonal } from '../../domain/questions/personal-text.ts';
import { MAX_FIRST, OTHER_SIDE, OWN_VARIABLES } from '../../views/look/form.ts';
import { LOOK_VIEWS, type LookView } from '../../views/look/words.ts';

type Variables = Readonly<Record<string, string | number | boolean>>;
type Search = Readonly<Record<string, string | undefined>>;

/** The question in an address of `/look`. */
export interface LookQuestion {
  /** The values of the form, as they are in the address, those of the other side under `vs-…`. */
  readonly values: Readonly<Record<string, string>>;
  /** Undefined where the address says none: the page shows what suits the answer. */
  readonly view: LookView | undefined;
  /** A text that rows must contain; empty for all rows. */
  readonly filter: string;
  /** True for all pages of a list: also where rows are filtered, so that the filter covers them all. */
  readonly all: boolean;
  /**
   * The document's variables, and those of the other side where two answers are compared; undefined if a value doesn't fit,
   * is personal, or is of no variable.
   */
  readonly sides: readonly [Variables] | readonly [Variables, Variables] | undefined;
  /** The names of the form's fields whose values don't fit. */
  readonly wrong: readonly string[];
}

/** Members of an address that are no variables. */
const OTHERS = new Set(['lang', 'view', 'all', 'filter']);
const MAX_CHARACTERS = 100;
/** Cursors are longer than what people type. */
const MAX_CURSOR = 600;

/**
 * Reads an address. Without any variable it asks the document's example; else a missing required one has its example's
 * value. Variables of the other side are those of this one, but for what `vs-…` says.
 */
export function readQuestion(document: LookDocument, search: Search, locale: string): LookQuestion {
  const own = Object.entries(search).filter(([name]) => !name.startsWith(OTHER_SIDE));
  const other = Object.entries(search).filter(([name, value]) => name.startsWith(OTHER_SIDE) && value);
  const changes = Object.fromEntries(other.map(([name, value]) => [name.slice(OTHER_SIDE.length), value]));
  const filter = search.filter?.trim() ?? '';
  const isFilter = filter.length <= MAX_CHARACTERS && !isPersonal(filter);
  const all = search.all === '1' || filter !== '';
  const view = LOOK_VIEWS.find((each) => each === search.view) ?? document.saved?.view;
  const side = readSide(document, Object.fromEntries(own), locale, all);
  const common = { view, all, filter: isFilter ? filter : '', wrong: side.wrong };
  if (!isFilter) return { ...common, values: side.values, sides: undefined, wrong: [...side.wrong, 'filter'] };
  if (other.length === 0) return { ...common, values: side.values, sides: side.variables && [side.variables] };
  const compared = readSide(document, { ...Object.fromEntries(own), ...side.values, ...changes }, locale, all);
  const ofOther = Object.keys(changes).map((name) => [OTHER_SIDE + name, compared.values[name] ?? '']);
  return {
    values: { ...side.values, ...Object.fromEntries(ofOther) },
    ...common,
    wrong: [...side.wrong, ...compared.wrong.map((name) => OTHER_SIDE + name)],
    sides: side.variables && compared.variables && [side.variables, compared.variables],
  };
}

/** Reads the variables of one answer. */
function readSide(document: LookDocument, search: Search, locale: string, all: boolean) {
  const given = Object.entries(search).filter(
    ([name, value]) => !OTHERS.has(name) && value !== undefined && value !== '',
  );
  const isFirst = Object.keys(search).every((name) => OTHERS.has(name));
  const values: Record<string, string> = {};
  const variables: Record<string, string | number | boolean> = {};
  const isKnown = given.every(([name]) =>
    document.variables.some((variable) => variable.name === name && name !== 'locale'),
  );
  const wrong: string[] = [];
  for (const variable of document.variables) {
    const { name, isRequired, example } = variable;
    const text = name === 'locale' ? locale : search[name] || (isFirst || isRequired ? example : null);
    if (text === null || text === undefined) continue;
    const value = valueFor(all && name === 'first' ? String(MAX_FIRST) : text, variable, document);
    if (value === undefined) wrong.push(name);
    else variables[name] = value;
    if (value !== undefined && !OWN_VARIABLES.includes(name)) values[name] = text;
  }
  return { values, wrong, variables: isKnown && wrong.length === 0 ? variables : undefined };
}

function valueFor(
  text: string,
  { name, type }: LookVariable,
  { enums }: LookDocument,
): string | number | boolean | undefined {
  const values = enums[type];
  if (values) return values.includes(text) ? text : undefined;
  switch (type) {
    case 'Int': {
      const number = Number(text);
      return Number.isInteger(number) && number >= 1 && number <= MAX_FIRST ? number : undefined;
    }
    case 'Boolean':
      return text === 'true' || text === 'false' ? text === 'true' : undefined;
    case 'Date':
      return isDay(text) ? text : undefined;
    case 'DateTime':
      return instantOf(text);
    default: {
      const isLong = text.length > (name === 'after' ? MAX_CURSOR : MAX_CHARACTERS);
      return isLong || (name !== 'after' && isPersonal(text)) ? undefined : text;
    }
  }
}

/** Reads an instant, or the time in Asia/Shanghai that a browser's field of a day and a time gives. */
function instantOf(text: string): string | undefined {
  if (!isDay(text.slice(0, 10))) return undefined;
  const [, day = '', time] = /^([\d-]{10})T(\d\d:\d\d)(?::\d\d)?$/.exec(text) ?? [];
  if (time === undefined && !/^[\d-]{10}T[\d:.]+Z$/.test(text)) return undefined;
  const instant = time === undefined ? new Date(text) : shanghaiInstant(day, `${time}:00`);
  return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString();
}
