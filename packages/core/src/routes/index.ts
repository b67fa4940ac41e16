/** What a Lambda needs of the routes: no schema, no filter policy. */
export { routesFor } from '../config/routes-for.ts';
export type { RouteScope } from '../config/route.ts';
