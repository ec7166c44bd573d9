/** The lists by zone of enterprises' enrolments and answers to directives, which their own transactions write. */
import { put, remove } from '../dynamodb/write.ts';
import type { EnrolmentItem } from '../enterprises/courses/items.ts';
import type { DirectiveAnswerItem } from '../enterprises/directives/items.ts';
import { answerEntries, enrolmentEntries, type ZoneEntryItem } from '../enterprises/zone-entries.ts';
import { derivedItems } from './derived-items.ts';
import type { ReadModel } from './read-model.ts';

export const zoneEntries: ReadModel = derivedItems<EnrolmentItem | DirectiveAnswerItem, ZoneEntryItem>({
  name: 'zone-entries',
  title: "zones' lists of enrolments and of answers to directives",
  source: { store: 'enterprises', type: ['Enrolment', 'DirectiveAnswer'] },
  target: { store: 'enterprises', type: 'ZoneEntry' },
  itemsOf: (source) => (source.type === 'Enrolment' ? enrolmentEntries(source) : answerEntries(source)),
  sourceOf: ({ of: { pk, sk } }) => `${pk} ${sk}`,
  sourceKey: (id) => {
    const [pk = '', sk = ''] = id.split(' ');
    return { pk, sk };
  },
  put: (item) => [put(item)],
  remove: (item) => [remove(item)],
});
