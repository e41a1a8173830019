import type { QueryClient, QueryExecuteOptions } from "@tanstack/react-query";
import type { ApiProblem } from "@xpressbuy/client/api-problem";

/** Asks for something before it is needed. Whether it fails is found out, and shown, by whoever needs it then. */
export function fetchAhead<Data>(
  client: QueryClient,
  query: QueryExecuteOptions<Data, ApiProblem, Data, Data, readonly [string]>,
): void {
  client.query(query).catch(() => undefined);
}
