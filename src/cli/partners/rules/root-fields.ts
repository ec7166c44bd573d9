import type { PartnerRule } from '../candidate.ts';

/** Requires the zone's name as a prefix of root fields, so that no name ever collides. */
export const rootFields: PartnerRule = ({ types, zone }) => {
  const prefix = zone.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return [...(types.get('Query')?.fields.keys() ?? [])]
    .filter((field) => !new RegExp(`^${prefix}[A-Z]`).test(field) && !/^_(entities|service)$/.test(field))
    .map(
      (field) =>
        `Query.${field} must begin with "${prefix}", e.g. "${prefix}${capitalised(field)}": root fields are everybody's.`,
    );
};

function capitalised(field: string): string {
  return `${field.slice(0, 1).toUpperCase()}${field.slice(1)}`;
}
