/**
 * How the window that an issuer sends people back to hands the answer to the page that waits for it. The two can't reach
 * each other by `opener`, which the pages' policy cuts (`cross-origin-opener-policy`); a broadcast channel reaches every
 * page of this origin, and only the one that asked can use what is in it: it alone has the PKCE verifier.
 */
const CHANNEL = 'bridgehead-sign-in';

interface AnswerMessage {
  /** The query of the address that the issuer has sent to. */
  readonly answer: string;
}
interface TakenMessage {
  readonly taken: string;
}
type Message = AnswerMessage | TakenMessage;

/**
 * Waits for the answer to the request with this state.
 * @returns what ends the waiting
 */
export function awaitAnswer(state: string, onAnswer: (parameters: URLSearchParams) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (!('answer' in data)) return;
    const parameters = new URLSearchParams(data.answer);
    // Another's answer: to another page of this origin, or to nobody's question.
    if (parameters.get('state') !== state) return;
    channel.postMessage({ taken: state } satisfies TakenMessage);
    channel.close();
    onAnswer(parameters);
  };
  return () => channel.close();
}

/** Hands an answer over. False when nobody takes it within this time. */
export function handOver(answer: string, withinMs: number): Promise<boolean> {
  const state = new URLSearchParams(answer).get('state');
  const channel = new BroadcastChannel(CHANNEL);
  return new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), withinMs);
    channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if ('taken' in data && data.taken === state) resolve(true);
    };
    channel.postMessage({ answer } satisfies AnswerMessage);
  }).finally(() => channel.close());
}
