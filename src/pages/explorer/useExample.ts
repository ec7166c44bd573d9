import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { Kind, parse } from 'graphql';
import { useCallback } from 'react';
import type { Example } from './example.ts';

/**
 * Opens an example in the current tab and runs it if it is a query. Null until both editors are ready. The operation
 * facts are set with the text: the editor parses them after a pause, and an earlier run would send the previous
 * operation's name.
 */
export function useExample(): ((example: Example) => void) | null {
  const { setOperationFacts, updateActiveTabValues, stop, run } = useGraphiQLActions();
  const editors = useGraphiQL(({ queryEditor, variableEditor, responseEditor }) => ({
    query: queryEditor,
    variables: variableEditor,
    response: responseEditor,
  }));
  const ready = Boolean(editors.query && editors.variables && editors.response);
  const open = useCallback(
    (example: Example) => {
      const document = parse(example.text);
      const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
      stop();
      setOperationFacts({ documentAST: document, operationName: example.name, operations });
      editors.query?.setValue(example.text);
      editors.variables?.setValue(example.variables);
      editors.response?.setValue('');
      updateActiveTabValues({
        query: example.text,
        variables: example.variables,
        operationName: example.name,
        response: null,
      });
      if (example.type === 'query') run();
    },
    [editors.query, editors.variables, editors.response, setOperationFacts, updateActiveTabValues, stop, run],
  );
  return ready ? open : null;
}
