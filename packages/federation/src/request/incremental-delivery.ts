import { type ASTVisitor, GraphQLError, type ValidationContext } from 'graphql';

/** A validation rule: says plainly that answers come whole, instead of that a directive is unknown. */
export function noIncrementalDelivery(context: ValidationContext): ASTVisitor {
  return {
    Directive(node) {
      if (node.name.value === 'defer' || node.name.value === 'stream') {
        context.reportError(
          new GraphQLError(`This gateway answers at once and whole: it does not offer @${node.name.value}.`, {
            nodes: node,
          }),
        );
      }
    },
    OperationDefinition(node) {
      if (node.operation === 'subscription') {
        context.reportError(new GraphQLError('This gateway does not offer subscriptions.', { nodes: node }));
      }
    },
  };
}
