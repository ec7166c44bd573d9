import type { AnswerError } from './answer.ts';

/** What went wrong, in the gateway's words, with where and its code. What did arrive is shown all the same. */
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
