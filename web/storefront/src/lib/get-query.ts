import { queryOptions } from "@tanstack/react-query";
import type { ApiProblem } from "@xpressbuy/client/api-problem";
import { canonicalUrl, type Query } from "@xpressbuy/client/canonical-url";
import { getJson } from "@xpressbuy/client/get-json";
import type { paths } from "@xpressbuy/client/paths";
import { catalogueFreshMs } from "@/config/limits";

interface Readable {
  get: { responses: { 200: { content: { "application/json": unknown } } } };
}

export type GetPath = { [P in keyof paths]: paths[P] extends Readable ? P : never }[keyof paths];
export type Answer<P extends GetPath> = paths[P] extends {
  get: { responses: { 200: { content: { "application/json": infer A } } } };
}
  ? A
  : never;

type PathParameters<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Record<Name, string> & PathParameters<Rest>
  : unknown;

export interface GetParameters<P extends GetPath> {
  path?: PathParameters<P>;
  query?: Query;
}

export function apiUrl<P extends GetPath>(path: P, parameters: GetParameters<P> = {}): string {
  return canonicalUrl(path, parameters.path as Record<string, string> | undefined, parameters.query);
}

/**
 * A GET as a query whose key is its address: what the server inlined under that address, what a hover fetched ahead and
 * what a page asks for are then the same entry.
 */
export function getQuery<P extends GetPath>(path: P, parameters: GetParameters<P> = {}, freshMs = catalogueFreshMs) {
  const url = apiUrl(path, parameters);
  return queryOptions<Answer<P>, ApiProblem, Answer<P>, readonly [string]>({
    queryKey: [url],
    queryFn: ({ signal }) => getJson<Answer<P>>(url, signal),
    staleTime: freshMs,
  });
}
