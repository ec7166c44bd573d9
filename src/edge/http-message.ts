/** A GraphQL-over-HTTP request; `body` is parsed JSON. */
export interface HttpRequest {
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The query string, with its `?`. */
  readonly search: string;
  readonly body: unknown;
  /** True if its document is a trusted one, sent whole or by its id. Default: false. */
  readonly isShipped?: boolean;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Set where caches that callers share may keep it too: nothing in it is anyone's. */
  readonly shared?: SharedSeconds;
  /** The body in the encodings that were asked for, of an answer that is given many times. */
  readonly encodings?: Map<string, Buffer>;
}

/** How long shared caches may keep an answer, and for how much longer while they ask for a new one (RFC 5861). */
export interface SharedSeconds {
  readonly fresh: number;
  readonly stale: number;
}

/** The parameters of a GraphQL request (GraphQL over HTTP, "Request Parameters"). */
export interface Parameters {
  readonly query: unknown;
  readonly variables: unknown;
  readonly operationName: unknown;
}

/** Returns the parameters of a request, which its handler has checked. */
export function parametersOf({ method, search, body }: HttpRequest): Parameters {
  if (method !== 'POST') {
    const values = new URLSearchParams(search);
    const variables = values.get('variables');
    return {
      query: values.get('query'),
      variables: variables === null ? undefined : JSON.parse(variables),
      operationName: values.get('operationName') ?? undefined,
    };
  }
  const { query, variables, operationName }: Partial<Parameters> = typeof body === 'object' && body ? body : {};
  return { query, variables: variables ?? undefined, operationName: operationName ?? undefined };
}
