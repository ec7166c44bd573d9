import { answerFigures } from '../../../src/pages/explorer/answer/answer.ts';

test('a numerator and denominator are a figure with its other fields', () => {
  const production = { __typename: 'Ratio', numerator: 206, denominator: 236, published: '87.2', halfUp: '87.3' };
  expect(answerFigures({ park: { resumption: { on: '2020-03-16', production } } })).toEqual([
    {
      name: 'park.resumption.production',
      numerator: '206',
      denominator: '236',
      details: [
        ['published', '87.2'],
        ['halfUp', '87.3'],
      ],
    },
  ]);
});

test.each([[null], [{ a: { numerator: 1 } }], [{ a: [{ numerator: 1, denominator: 2 }] }]])('%p has none', (data) => {
  expect(answerFigures(data)).toEqual([]);
});
