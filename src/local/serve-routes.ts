import { type HttpHost, type OwnPart, startHttpHost } from './http/http-host.ts';
import type { RoutedTo } from './http/routes.ts';
import { type Invoke, loadFunction } from './lambda-function.ts';
import type { ServiceFunction } from './service.ts';

/** Serves the routes of `serverless.yml`, and some of this machine's own. */
export async function serveRoutes(
  functions: readonly ServiceFunction[],
  root: string,
  port: number,
  own: readonly RoutedTo<Invoke>[] = [],
  parts: readonly OwnPart[] = [],
): Promise<HttpHost> {
  return startHttpHost([...(await routesOf(functions, root)), ...own], port, undefined, parts);
}

/** Loads functions, and returns their routes. */
export async function routesOf(
  functions: readonly ServiceFunction[],
  root: string,
): Promise<readonly RoutedTo<Invoke>[]> {
  const routed = functions.filter(({ routes }) => routes.length > 0);
  const routes = await Promise.all(
    routed.map(async (declared) => {
      const target = await loadFunction(declared, root);
      return declared.routes.map((route) => ({ ...route, target }));
    }),
  );
  return routes.flat();
}
