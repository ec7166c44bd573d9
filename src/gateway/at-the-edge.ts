import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { CodedError } from '../errors.ts';
import type { Call } from '../subgraph/request.ts';
import { maskError, statusOf } from './error-mask.ts';
import type { CostModel } from './limits/cost-model.ts';
import type { Limit } from './limits/limit.ts';
import { holdLimits } from './limits/limits.ts';
import { fragmentsOf } from './limits/spread.ts';
import { GRAPHQL_RESPONSE, JSON_RESPONSE } from './media-type.ts';
import { asksForSchema, type SchemaForCaller, validationErrors } from './schema-secrecy.ts';

interface EdgeOptions {
  readonly schema: GraphQLSchema;
  readonly costs: CostModel;
  readonly limits: readonly Limit[];
  readonly schemaFor: SchemaForCaller;
}

/**
 * The last look at an operation before it is planned, and at its errors before they are sent: limits that need its
 * variables, who may see the schema, and what an error tells and is sent with.
 */
export function atTheEdge({
  schema,
  costs,
  limits,
  schemaFor,
}: EdgeOptions): ApolloServerPlugin<{ readonly call: Call }> {
  return {
    requestDidStart: async () => ({
      async didResolveOperation({ document, operation, request, contextValue }) {
        if (asksForSchema(document) && !(await schemaFor(contextValue.call))) {
          throw refusal(new CodedError('FORBIDDEN', 'The schema is not open to this caller.'));
        }
        if (!operation) return;
        const variables = request.variables ?? {};
        const asked = { schema, costs, operation, fragments: fragmentsOf(document), variables };
        try {
          holdLimits('operation', asked, limits);
        } catch (error) {
          throw error instanceof CodedError ? refusal(error) : error;
        }
      },
      async willSendResponse({ response: { body, http }, request, document, contextValue: { call } }) {
        if (body.kind !== 'single' || !body.singleResult.errors) return;
        const result = body.singleResult;
        http.headers.set('cache-control', 'no-store');
        const told = http.status === 405 ? [BY_POST] : (result.errors ?? []);
        const masked = told.map((error) => maskError(error, call.requestId));
        result.errors = document && isInvalid(masked) ? validationErrors(document, await schemaFor(call)) : masked;
        const type = request.http?.headers.get('accept') === GRAPHQL_RESPONSE ? GRAPHQL_RESPONSE : JSON_RESPONSE;
        if (result.data === undefined) http.status = statusOf(masked, type);
        if (http.status === 429) http.headers.set('retry-after', '1');
      },
    }),
  };
}

/** Instead of Apollo Server's own words. */
const BY_POST: GraphQLFormattedError = {
  message: 'By GET only queries are answered: send this by POST.',
  extensions: { code: 'METHOD_NOT_ALLOWED' },
};

function isInvalid(errors: readonly GraphQLFormattedError[]): boolean {
  return errors.some(({ extensions }) => extensions?.code === 'GRAPHQL_VALIDATION_FAILED');
}

function refusal({ message, code, details }: CodedError): GraphQLError {
  return new GraphQLError(message, { extensions: { ...details, code } });
}
