import { type ConstDirectiveNode, Kind } from 'graphql';
import type { PartnerRule } from '../candidate.ts';
import { argument } from '../federation-directives.ts';

const FEDERATION_2 = /^https:\/\/specs\.apollo\.dev\/federation\/v2\.\d+$/;
const LINK_ITSELF = 'https://specs.apollo.dev/link/v1.0';

/** Allows `@link` to federation 2 only, and no aliases, so that the rules can read every directive. */
export const links: PartnerRule = ({ document }) => {
  const schemas = document.definitions.filter(
    (definition) => definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION,
  );
  const applied = schemas.flatMap(({ directives = [] }) => directives.filter(({ name }) => name.value === 'link'));
  const renamedRoots = schemas.flatMap(({ operationTypes = [] }) =>
    operationTypes.filter(({ operation, type }) => type.name.value.toLowerCase() !== operation),
  );
  return [
    ...(applied.some((link) => FEDERATION_2.test(urlOf(link)))
      ? []
      : [
          'The schema must link federation 2: extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", …]).',
        ]),
    ...applied.flatMap(faultsOf),
    ...renamedRoots.map(
      ({ operation, type }) => `The root type of a ${operation} must not be called ${type.name.value}.`,
    ),
  ];
};

function faultsOf(link: ConstDirectiveNode): string[] {
  const url = urlOf(link);
  if (!FEDERATION_2.test(url) && url !== LINK_ITSELF) {
    return [
      `It links ${url || 'nothing'}: of a partner only federation 2 is understood, and what isn't can't be enforced.`,
    ];
  }
  const imported = argument(link, 'import');
  const renamed = (Array.isArray(imported) ? imported : []).filter(
    (item: unknown) => typeof item === 'object' && item !== null && 'as' in item,
  );
  return argument(link, 'as') === undefined && renamed.length === 0
    ? []
    : [
        `The link to ${url} gives other names ("as"): call its directives by their own, so that a reader sees what they are.`,
      ];
}

function urlOf(link: ConstDirectiveNode): string {
  const url = argument(link, 'url');
  return typeof url === 'string' ? url : '';
}
