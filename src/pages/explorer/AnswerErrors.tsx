import type { AnswerError } from './answer.ts';

/**
 * Shows the errors of an answer in the gateway's words, each with its path and code. Data that did arrive is shown too.
 */
export function AnswerErrors({ errors }: { errors: readonly AnswerError[] }) {
  return (
    <ul className="errors" role="alert">
      {errors.map((error, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: errors have no identity, and the list never changes
        <li key={index}>
          {error.message} {error.path && <code>{error.path.join('.')}</code>}{' '}
          {error.extensions?.code && <small>{error.extensions.code}</small>}
        </li>
      ))}
    </ul>
  );
}
