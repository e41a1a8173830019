import { useRef, useState } from "react";
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { ApiProblem } from "@xpressbuy/client/api-problem";
import type { Order, OrderRequest } from "@xpressbuy/client/shopper-types";
import type { CartLine, Money } from "@xpressbuy/client/types";
import { paths } from "@/config/paths";
import { cartQuery } from "@/lib/cart";
import { orderQuery } from "@/lib/orders";
import { sessionQuery } from "@/lib/session";
import { keepInTab, keptInTab } from "@/lib/session-storage";
import { isFinal, isKeyReused, placeOrder } from "../api/place-order";
import { attemptFor, attemptFrom, type Attempt } from "./order-attempt";
import { orderTrouble, type OrderTrouble } from "./order-trouble";
import { forgetDraft } from "./use-checkout-draft";

const attemptName = "order-attempt";

export function lastAttempt(): Attempt | null {
  return attemptFrom(keptInTab(attemptName));
}

export function forgetAttempt(): void {
  keepInTab(attemptName, null);
}

/** Sends an attempt and remembers what became of it. */
async function settle(attempt: Attempt): Promise<Order> {
  keepInTab(attemptName, attempt);
  try {
    const answer = await placeOrder(attempt);
    if ("checkout_id" in answer) throw new Error("Nobody offered to pay by card, so nothing here can confirm it");
    forgetAttempt();
    return answer;
  } catch (error) {
    const refused = error instanceof ApiProblem && (isFinal(error) || isKeyReused(error));
    if (refused) keepInTab(attemptName, { ...attempt, refused });
    throw error;
  }
}

/** What was known before an order may be wrong after it, or is the reason that there is none. */
async function refresh(client: QueryClient): Promise<void> {
  await Promise.all(
    [cartQuery.queryKey, sessionQuery.queryKey, ["/api/checkout/quote"], ["/api/orders"]].map((queryKey) =>
      client.invalidateQueries({ queryKey }),
    ),
  );
}

interface Seen {
  lines: readonly CartLine[];
  total: Money;
}

export function usePlaceOrder() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const underWay = useRef(false);
  const [placing, setPlacing] = useState(false);
  const [trouble, setTrouble] = useState<OrderTrouble | null>(null);

  const run = async (attempt: Attempt, seen: Seen, onPlaced?: (order: Order) => void) => {
    // State comes too late for a second press within one frame.
    if (underWay.current) return;
    underWay.current = true;
    setPlacing(true);
    setTrouble(null);
    try {
      const order = await settle(attempt);
      onPlaced?.(order);
      forgetDraft();
      client.setQueryData(orderQuery(order.id).queryKey, order);
      // The checkout is replaced: the way back leads past it, not into an order that is placed.
      await navigate(paths.order(order.id), { replace: true });
      void refresh(client);
    } catch (error) {
      setTrouble(orderTrouble(error, seen));
      setPlacing(false);
      if (error instanceof ApiProblem && error.status === 409) void refresh(client);
    } finally {
      underWay.current = false;
    }
  };

  return {
    /** From the press until the confirmation is there, or the reason why there is none. */
    placing,
    trouble,
    clearTrouble: () => setTrouble(null),
    place: (request: OrderRequest, seen: Seen, onPlaced?: (order: Order) => void) =>
      run(
        attemptFor(JSON.stringify(request), lastAttempt(), () => crypto.randomUUID()),
        seen,
        onPlaced,
      ),
    /** Asks again for the answer to what was sent last. */
    resume: (attempt: Attempt) => run(attempt, { lines: [], total: { amount: 0, currency: "" } }),
  };
}
