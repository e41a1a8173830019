import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { WantedLine } from "@xpressbuy/client/shopper-types";
import { buttonLook } from "@xpressbuy/ui/button";
import { EmptyState } from "@xpressbuy/ui/empty-state";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { Skeleton } from "@xpressbuy/ui/skeleton";
import { Trouble } from "@xpressbuy/ui/trouble";
import { paths } from "@/config/paths";
import { addressesQuery } from "@/lib/addresses";
import { cartQuery } from "@/lib/cart";
import { problemText } from "@/lib/problem-text";
import { sessionQuery } from "@/lib/session";
import { CheckoutFormView } from "./checkout-form-view";
import { isOpen } from "./order-attempt";
import { PendingOrder } from "./pending-order";
import { lastAttempt } from "./use-place-order";

/** `buyNow` is one line past the cart; without it the cart is bought. */
export function CheckoutPage({ buyNow }: { buyNow: WantedLine | null }) {
  const messages = useShopperMessages();
  const session = useQuery(sessionQuery);
  const cart = useQuery({ ...cartQuery, enabled: buyNow === null });
  const signedIn = session.data?.signed_in ?? false;
  const addresses = useQuery({ ...addressesQuery, enabled: signedIn });

  const failed = [session, cart].find((query) => query.isError && !query.data);
  if (failed) {
    const retry = () => void Promise.all([session.refetch(), cart.refetch()]);
    return <Trouble text={problemText(failed.error, messages)} onRetry={retry} busy={failed.isFetching} />;
  }
  // An address book that does not open is no reason to stop: the address can be typed.
  const waiting = (!cart.data && buyNow === null) || (signedIn && addresses.isPending);
  if (!session.data || waiting) return <CheckoutSkeleton />;
  if (buyNow === null && cart.data?.lines.length === 0) return <NothingHere />;
  return (
    <CheckoutFormView
      session={session.data}
      saved={addresses.data?.items ?? []}
      cart={buyNow === null ? (cart.data ?? null) : null}
      buyNow={buyNow}
    />
  );
}

/** An empty cart is what a placed order leaves behind; if its answer was lost, that is found out first. */
function NothingHere() {
  const { checkout } = useShopperMessages();
  const attempt = lastAttempt();
  if (isOpen(attempt)) return <PendingOrder attempt={attempt} />;
  return (
    <EmptyState title={checkout.empty.title} text={checkout.empty.text}>
      <Link to={paths.everything({ sort: "newest" })} className={buttonLook("primary")}>
        {checkout.empty.link}
      </Link>
    </EmptyState>
  );
}

function CheckoutSkeleton() {
  const { shell } = useShopperMessages();
  return (
    <div aria-busy="true" className="lg:grid lg:grid-cols-[minmax(0,36rem)_minmax(0,24rem)] lg:justify-between lg:gap-16">
      <span className="sr-only">{shell.loading}</span>
      <div className="space-y-5">
        {Array.from({ length: 7 }, (_, index) => (
          <div key={index} className="space-y-1.5">
            <Skeleton className="h-5 w-32" />
            <Skeleton className="h-11 w-full" />
          </div>
        ))}
      </div>
      <Skeleton className="mt-8 h-72 rounded-lg lg:mt-0" />
    </div>
  );
}
