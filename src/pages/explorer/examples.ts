import listed from 'virtual:examples';
import { type Example, inLanguage } from './example.ts';
import { locale, words } from './words.ts';

/** The examples by audience, known groups first. */
export const exampleGroups: readonly { readonly title: string; readonly examples: readonly Example[] }[] = [
  ...new Set([...Object.keys(words.groups), ...listed.map((example) => example.group)]),
]
  .map((group) => ({
    title: words.groups[group] ?? group,
    examples: listed.filter((example) => example.group === group).map((example) => inLanguage(example, locale)),
  }))
  .filter((group) => group.examples.length > 0);
