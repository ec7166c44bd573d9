import { CodedError } from '../../errors.ts';

/** One declared route and its target. */
export interface RoutedTo<T> {
  readonly method: string;
  readonly path: string;
  readonly target: T;
}

export interface RouteMatch<T> {
  /** API Gateway's key: `GET /explorer/{proxy+}`, `ANY /graphql`. */
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>> | undefined;
  readonly target: T;
}

/**
 * Makes the function that finds a request's route as an HTTP API does. An exact path precedes a greedy one
 * (`/explorer/{proxy+}`), and a method precedes all methods (`*`). A greedy parameter is the rest of the path, at least
 * one character.
 * @throws CodedError CONFIGURATION for a path with any other parameter, or a greedy one for all methods
 */
export function router<T>(routes: readonly RoutedTo<T>[]): (method: string, path: string) => RouteMatch<T> | undefined {
  const exact = new Map<string, RoutedTo<T>>();
  const greedy: { prefix: string; name: string; route: RoutedTo<T> }[] = [];
  for (const route of routes) {
    const parameter = /^(\/(?:[^{}]*\/)?)\{(\w+)\+\}$/.exec(route.path);
    const isOfOneMethod = /^[A-Z]+$/.test(route.method) && route.method !== 'ANY';
    if (parameter?.[1] !== undefined && parameter[2] !== undefined && isOfOneMethod) {
      greedy.push({ prefix: parameter[1], name: parameter[2], route });
    } else if (/[{}]/.test(route.path) || !(isOfOneMethod || route.method === '*')) {
      throw new CodedError('CONFIGURATION', `The local HTTP host does not support the route ${keyOf(route)}.`);
    } else {
      exact.set(keyOf(route), route);
    }
  }
  greedy.sort((a, b) => b.prefix.length - a.prefix.length);

  return (method, path) => {
    const route = exact.get(`${method} ${path}`) ?? exact.get(`ANY ${path}`);
    if (route !== undefined) return { routeKey: keyOf(route), pathParameters: undefined, target: route.target };
    const match = greedy.find(
      ({ prefix, route }) => route.method === method && path.startsWith(prefix) && path.length > prefix.length,
    );
    if (match === undefined) return undefined;
    return {
      routeKey: keyOf(match.route),
      pathParameters: { [match.name]: path.slice(match.prefix.length) },
      target: match.route.target,
    };
  };
}

const keyOf = ({ method, path }: { method: string; path: string }) => `${method === '*' ? 'ANY' : method} ${path}`;
