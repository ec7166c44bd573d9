import type { WorkerMessage } from '@bridgehead/gateway';

/** Longest wait for another process of this machine. */
const ANSWER_MS = 30_000;

/** A question from one process to another, or the answer to it. */
interface Letter extends WorkerMessage {
  readonly kind: 'question' | 'answer' | 'failure';
  readonly id: number;
  readonly content: unknown;
}

/** Questions between this process and another one. A question has the number by which its answer comes back. */
export class Questions {
  readonly #send: (message: WorkerMessage) => void;
  readonly #answer: (question: unknown) => Promise<unknown>;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #next = 0;

  /** @param answer answers the other process's questions */
  constructor(send: (message: WorkerMessage) => void, answer: (question: unknown) => Promise<unknown>) {
    this.#send = send;
    this.#answer = answer;
  }

  /** Rejects where the other process fails to answer, or ends. */
  async ask(content: unknown, waitMs = ANSWER_MS): Promise<unknown> {
    const id = this.#next++;
    const waiting = Promise.withResolvers<unknown>();
    this.#waiting.set(id, waiting);
    const timer = setTimeout(() => waiting.reject(new Error('Another process does not answer.')), waitMs);
    try {
      const question: Letter = { kind: 'question', id, content };
      this.#send(question);
      return await waiting.promise;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
    }
  }

  /** Takes a message of the other process. */
  async receive(message: WorkerMessage): Promise<void> {
    const { kind, id, content } = message as Letter;
    if (kind === 'answer') return this.#waiting.get(id)?.resolve(content);
    if (kind === 'failure') return this.#waiting.get(id)?.reject(new Error(String(content)));
    if (kind !== 'question') return;
    const answer = await this.#answer(content).then(
      (found): Letter => ({ kind: 'answer', id, content: found }),
      (error: unknown): Letter => ({ kind: 'failure', id, content: String(error) }),
    );
    this.#send(answer);
  }
}
