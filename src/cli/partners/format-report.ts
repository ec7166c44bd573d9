import type { Partner } from '../../edge/partners.ts';
import type { PartnerReport } from './check.ts';

/** Formats the report for the partner's engineer: the reasons for a refusal, and the changes for clients. */
export function formatReport({ subgraph, registration }: Partner, { refusals, changes }: PartnerReport): string {
  const reasons = refusals.map(({ rule, reason }) => `${rule}: ${reason}`);
  const ofLevel = (wanted: string) => changes.filter(({ level }) => level === wanted).map(({ message }) => message);
  const breaking = ofLevel('breaking');
  const verdict = refusals.length > 0 ? 'refused' : breaking.length > 0 ? 'breaks clients' : 'may be accepted';
  return [
    `${subgraph} at ${registration.url}: ${verdict}.`,
    ...section('Refused', reasons),
    ...section('Breaking for clients of the public schema', breaking),
    ...section('Dangerous for clients of the public schema', ofLevel('dangerous')),
    ...section('Added to the public schema or changed safely', ofLevel('safe')),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  - ${line.replaceAll('\n', '\n    ')}`)];
}
