import { useEffect, useRef } from "react";
import { Link } from "react-router";
import { Button, buttonLook } from "@xpressbuy/ui/button";
import { EmptyState } from "@xpressbuy/ui/empty-state";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { paths } from "@/config/paths";
import type { Attempt } from "./order-attempt";
import { forgetAttempt, usePlaceOrder } from "./use-place-order";

/**
 * The cart is empty and the last order never got an answer: most likely it was placed. The same order under the same key
 * brings the answer back; it cannot become a second one, because what it ordered is no longer in the cart.
 */
export function PendingOrder({ attempt }: { attempt: Attempt }) {
  const { checkout } = useShopperMessages();
  const { resume, trouble } = usePlaceOrder();
  const asked = useRef(false);

  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    void resume(attempt);
  }, [attempt, resume]);

  if (trouble && trouble.kind !== "no_answer" && trouble.kind !== "busy") {
    return <NotPlaced />;
  }
  return (
    <div role="status">
      <EmptyState title={checkout.pending.title} text={trouble ? checkout.pending.failed : checkout.pending.text}>
        {trouble && (
          <Button kind="primary" onClick={() => void resume(attempt)}>
            {checkout.pending.ask}
          </Button>
        )}
      </EmptyState>
    </div>
  );
}

/** The shop has answered, and there is no order: what is left is an empty cart. */
function NotPlaced() {
  const { checkout } = useShopperMessages();
  useEffect(forgetAttempt, []);
  return (
    <EmptyState title={checkout.empty.title} text={checkout.empty.text}>
      <Link to={paths.everything({ sort: "newest" })} className={buttonLook("primary")}>
        {checkout.empty.link}
      </Link>
    </EmptyState>
  );
}
