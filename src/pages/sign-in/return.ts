import './return.css';
import { passAnswer } from './answer-channel.ts';

/** Time limit for the waiting page, which is awake: its own click opened this window. */
const PATIENCE_MS = 3_000;

const answer = location.search;
// The code is valid once and for one page only, yet it shouldn't stay in the address.
history.replaceState(null, '', location.pathname);

const accepted = await passAnswer(answer, PATIENCE_MS);
if (accepted) window.close();
say(
  accepted ? 'You can close this window' : 'Nobody was signed in',
  accepted
    ? 'The page that you came from goes on.'
    : 'No page here waits for this answer: it was not asked for, or it came too late. Close this window, and sign in on the page again.',
);

function say(title: string, sentence: string): void {
  document.title = title;
  for (const [place, text] of [
    ['h1', title],
    ['p', sentence],
  ] as const) {
    const element = document.querySelector(place);
    if (element) element.textContent = text;
  }
}
