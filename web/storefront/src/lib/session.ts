import { useQuery } from "@tanstack/react-query";
import type { Session } from "@xpressbuy/client/types";
import { personalFreshMs } from "@/config/limits";
import { getQuery } from "./get-query";

export const sessionQuery = getQuery("/api/session", {}, personalFreshMs);

/** Who is here; undefined until the server has said so. Never inlined into the page, always fetched after the start. */
export function useSession(): Session | undefined {
  return useQuery(sessionQuery).data;
}
