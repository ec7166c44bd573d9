import { parse } from 'graphql';
import type { Subgraph } from '../../src/subgraph.ts';
import { newCall } from './asking.ts';
import { type Behaviour, json } from './partner.ts';

/** What a partner does who runs this subgraph, and is honest. */
export const serve =
  (subgraph: Subgraph): Behaviour =>
  async (response, question) => {
    const { query, variables } = question;
    const result = await subgraph({ document: parse(query), query, variables, call: newCall() });
    json(result)(response, question);
  };
