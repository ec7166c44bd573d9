import { type Classified, classesOn, replacedClasses } from '../../../../src/domain/enterprises/classification.ts';

/** The classes of an enterprise, as they were on each day. */

const micro = { sector: 'OTHER', sizeClass: 'MICRO' } as const;
const small = { sector: 'OTHER', sizeClass: 'SMALL' } as const;
const large = { sector: 'SMART_TRANSPORT', sizeClass: 'LARGE' } as const;

/** Applies changes of classes, each from a day on. */
function changed(first: Classified, ...changes: readonly (readonly [Classified, string])[]): Classified {
  return changes.reduce<Classified>(
    (before, [after, on]) => ({ ...after, formerClasses: replacedClasses(before, after, on) }),
    first,
  );
}

test('each day has the classes that held on it', () => {
  const of = changed(micro, [small, '2020-03-01'], [large, '2020-04-01']);
  expect(['2020-02-29', '2020-03-01', '2020-03-31', '2020-04-01'].map((day) => classesOn(of, day))).toEqual([
    micro,
    small,
    small,
    large,
  ]);
});

test('a change that never came to hold leaves no trace', () => {
  expect(changed(micro, [small, '2020-03-01'], [large, '2020-03-01']).formerClasses).toEqual([
    { ...micro, to: '2020-02-29' },
  ]);
  expect(changed(micro, [small, '2020-03-01'], [micro, '2020-03-01']).formerClasses).toEqual([]);
  expect(changed(micro, [micro, '2020-03-01']).formerClasses).toEqual([]);
});

test('an earlier change replaces a later one, and the days before keep theirs', () => {
  const of = changed(micro, [small, '2020-03-01'], [large, '2020-03-10'], [small, '2020-03-05']);
  expect(['2020-02-29', '2020-03-04', '2020-03-05', '2020-03-10'].map((day) => classesOn(of, day))).toEqual([
    micro,
    small,
    small,
    small,
  ]);
});
