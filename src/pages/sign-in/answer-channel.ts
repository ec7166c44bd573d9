/**
 * The channel by which the window that an issuer returns to passes the answer to the waiting page. They can't use
 * `opener`, which the pages' policy cuts (`cross-origin-opener-policy`). A broadcast channel reaches every page of this
 * origin. Only the page that asked can use the answer, because only it has the PKCE verifier.
 */
const CHANNEL = 'bridgehead-sign-in';

interface AnswerMessage {
  /** The query of the return address. */
  readonly answer: string;
}
interface AcceptedMessage {
  readonly accepted: string;
}
type Message = AnswerMessage | AcceptedMessage;

/**
 * Waits for the answer to the request with this state.
 * @returns a function that ends the waiting
 */
export function awaitAnswer(state: string, onAnswer: (parameters: URLSearchParams) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (!('answer' in data)) return;
    const parameters = new URLSearchParams(data.answer);
    // The answer belongs to another page or to no request.
    if (parameters.get('state') !== state) return;
    channel.postMessage({ accepted: state } satisfies AcceptedMessage);
    channel.close();
    onAnswer(parameters);
  };
  return () => channel.close();
}

/** Passes an answer on. Resolves to false if no page accepts it within this time. */
export function passAnswer(answer: string, withinMs: number): Promise<boolean> {
  const state = new URLSearchParams(answer).get('state');
  const channel = new BroadcastChannel(CHANNEL);
  return new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), withinMs);
    channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if ('accepted' in data && data.accepted === state) resolve(true);
    };
    channel.postMessage({ answer } satisfies AnswerMessage);
  }).finally(() => channel.close());
}
