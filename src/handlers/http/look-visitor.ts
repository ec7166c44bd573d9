import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { AskGateway, PageData, Question } from './ask-gateway.ts';

/** The visitor of one request of `/look`: anonymous, or signed in by the page's script, which sends their token. */
export interface Visitor {
  readonly isSignedIn: boolean;
  /** Asks the gateway with the visitor's rights, on their budget. */
  ask(question: Question, milliseconds: number): Promise<PageData>;
  /** Returns true once the gateway has refused the visitor's token. */
  isRefused(): boolean;
}

export function visitorOf(event: APIGatewayProxyEventV2, gateway: AskGateway): Visitor {
  const { authorization } = event.headers;
  let isRefused = false;
  return {
    isSignedIn: authorization !== undefined,
    async ask(question, milliseconds) {
      const answer = await gateway({ ...question, authorization }, event, milliseconds);
      isRefused ||= answer.isRefused ?? false;
      return answer;
    },
    isRefused: () => isRefused,
  };
}
