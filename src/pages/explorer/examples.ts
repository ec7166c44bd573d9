import listed from 'virtual:examples';
import type { Example } from './example.ts';

const GROUPS: Readonly<Record<string, string>> = {
  analyst: 'Analyst',
  partner: 'Partner zone',
  mobile: 'Phone',
  officer: 'Officer',
  clerk: 'Enterprise clerk',
};

/** The examples by audience, known groups first. */
export const exampleGroups: readonly { readonly title: string; readonly examples: readonly Example[] }[] = [
  ...new Set([...Object.keys(GROUPS), ...listed.map((example) => example.group)]),
]
  .map((group) => ({
    title: GROUPS[group] ?? group,
    examples: listed.filter((example) => example.group === group),
  }))
  .filter((group) => group.examples.length > 0);
