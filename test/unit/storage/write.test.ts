import {
  and,
  attributeIs,
  check,
  existsWithout,
  isNew,
  missingOrLess,
  put,
  remove,
  update,
  updateExpression,
  versionIs,
} from '../../../src/storage/dynamodb/write.ts';

const KEY = { pk: 'a', sk: 'b' };

test('writes a condition as its rule', () => {
  expect(versionIs(0)).toBe(isNew);
  expect(versionIs(3)).toEqual(attributeIs('version', 3));
  expect(and(attributeIs('staysVersion', 2), missingOrLess('lastDay', '2020-03-16'))).toEqual({
    expression: '(#c_staysVersion = :c_staysVersion) AND (attribute_not_exists(#c_lastDay) OR #c_lastDay < :c_lastDay)',
    names: { '#c_staysVersion': 'staysVersion', '#c_lastDay': 'lastDay' },
    values: { ':c_staysVersion': 2, ':c_lastDay': '2020-03-16' },
  });
});

test('gives each write its table, key, condition and refusal', () => {
  const item = { ...KEY, version: 1 };
  expect(put(item).action('t')).toEqual({ Put: { TableName: 't', Item: item } });
  const guarded = remove({ ...KEY, other: 1 } as typeof KEY, {
    when: attributeIs('owner', 'me'),
    otherwise: 'NOT_MINE',
  });
  expect(guarded.refusal).toBe('NOT_MINE');
  expect(guarded.action('t')).toEqual({
    Delete: {
      TableName: 't',
      Key: KEY,
      ConditionExpression: '#c_owner = :c_owner',
      ExpressionAttributeNames: { '#c_owner': 'owner' },
      ExpressionAttributeValues: { ':c_owner': 'me' },
    },
  });
  expect(check(KEY, { when: isNew, otherwise: 'THERE' }).action('t')).toEqual({
    ConditionCheck: { TableName: 't', Key: KEY, ConditionExpression: 'attribute_not_exists(pk)' },
  });
});

test('updates attributes of any name', () => {
  const change = { set: { type: 'ParkDay' }, add: { 'step/2020-03-16/residents': -1 } };
  expect(update(KEY, change, { when: existsWithout('countedAt'), otherwise: 'COUNTED' }).action('t')).toEqual({
    Update: {
      TableName: 't',
      Key: KEY,
      UpdateExpression: 'SET #s0 = :s0 ADD #a0 :a0',
      ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(#c_countedAt)',
      ExpressionAttributeNames: { '#s0': 'type', '#a0': 'step/2020-03-16/residents', '#c_countedAt': 'countedAt' },
      ExpressionAttributeValues: { ':s0': 'ParkDay', ':a0': -1 },
    },
  });
  expect(updateExpression({ set: { a: 1 } })).toEqual({
    UpdateExpression: 'SET #s0 = :s0',
    ExpressionAttributeNames: { '#s0': 'a' },
    ExpressionAttributeValues: { ':s0': 1 },
  });
});
