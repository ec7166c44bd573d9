import { linkageEdges } from '../../domain/agreement.ts';
import type { LinkageGraphResolvers } from './generated/types.ts';

export const LinkageGraph: LinkageGraphResolvers = {
  nodes: ({ group, agreements }) => {
    const linked = agreements.flatMap(({ parties }) => parties.map(({ zoneId }) => zoneId)).sort();
    return [...new Set([...group.zoneIds, ...linked])].map((zoneId) => ({
      zoneId,
      member: group.zoneIds.includes(zoneId),
    }));
  },
  edges: ({ agreements }) =>
    agreements.flatMap((agreement) => linkageEdges(agreement.parties).map((edge) => ({ ...edge, agreement }))),
};
