import listed from 'virtual:examples';
import type { Example } from './example.ts';
import { words } from './words.ts';

/** The examples by audience, known groups first. */
export const exampleGroups: readonly { readonly title: string; readonly examples: readonly Example[] }[] = [
  ...new Set([...Object.keys(words.groups), ...listed.map((example) => example.group)]),
]
  .map((group) => ({
    title: words.groups[group] ?? group,
    examples: listed.filter((example) => example.group === group),
  }))
  .filter((group) => group.examples.length > 0);
