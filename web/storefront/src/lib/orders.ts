import { personalFreshMs } from "@/config/limits";
import { getQuery } from "./get-query";

/** One own order; a guest's by the cookie it was placed with. */
export function orderQuery(id: string) {
  return getQuery("/api/orders/{order_id}", { path: { order_id: id } }, personalFreshMs);
}
