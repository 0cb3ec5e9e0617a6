import type { NestExpressApplication } from '@nestjs/platform-express';

export interface Route {
  method: string;
  /** With its parameters: `/api/patients/:patient`. */
  path: string;
}

interface Layer {
  route?: { path: string | string[]; methods: Record<string, boolean> };
}

/** Every route that the HTTP server answers, whoever has registered it, as its router has them. */
export function routesOf(app: NestExpressApplication): Route[] {
  const express = app.getHttpAdapter().getInstance() as { router: { stack: Layer[] } };
  const routes = express.router.stack.flatMap(({ route }) =>
    route === undefined
      ? []
      : [route.path]
          .flat()
          .flatMap((path) =>
            Object.keys(route.methods).map((method) => ({ method: method.toUpperCase(), path })),
          ),
  );
  const seen = new Map(routes.map((route) => [`${route.path} ${route.method}`, route]));
  return [...seen].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, route]) => route);
}

/** A path with values in place of its parameters. @throws Error for a parameter without one. */
export function pathWith(path: string, values: Record<string, string>): `/${string}` {
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`test/access knows no value for :${name} of ${path}`);
    return value;
  });
  if (!filled.startsWith('/') || /[*{}]/.test(filled)) {
    throw new Error(`test/access does not understand the route ${path}`);
  }
  return filled as `/${string}`;
}
