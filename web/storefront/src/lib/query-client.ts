import { QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "@xpressbuy/client/api-problem";
import { answersKeptMs, catalogueFreshMs } from "@/config/limits";

const retriesMax = 2;

/** A refusal stays a refusal; only silence and trouble at the server are worth another try. */
function isWorthRetrying(failures: number, error: Error): boolean {
  if (failures >= retriesMax) return false;
  return !(error instanceof ApiProblem) || error.status === 0 || error.status >= 500;
}

export function createQueryClient(firstData: ReadonlyMap<string, unknown>): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        gcTime: answersKeptMs,
        staleTime: catalogueFreshMs,
        retry: isWorthRetrying,
        refetchOnWindowFocus: false,
      },
      mutations: { retry: false },
    },
  });
  for (const [url, answer] of firstData) client.setQueryData([url], answer);
  return client;
}
