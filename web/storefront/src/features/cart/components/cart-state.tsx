import { Link } from "react-router";
import { buttonLook } from "@xpressbuy/ui/button";
import { EmptyState } from "@xpressbuy/ui/empty-state";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { Skeleton } from "@xpressbuy/ui/skeleton";
import { Trouble } from "@xpressbuy/ui/trouble";
import { paths } from "@/config/paths";
import type { useCart } from "@/lib/cart";
import { problemText } from "@/lib/problem-text";

export function EmptyCart({ asPage = false, onLeave }: { asPage?: boolean; onLeave?: () => void }) {
  const { cart } = useShopperMessages();
  return (
    <EmptyState asPage={asPage} title={cart.empty.title} text={cart.empty.text}>
      <Link to={paths.everything({ sort: "newest" })} onClick={onLeave} className={buttonLook("primary")}>
        {cart.empty.newest}
      </Link>
      <Link to={paths.everything()} onClick={onLeave} className={buttonLook("secondary")}>
        {cart.empty.everything}
      </Link>
    </EmptyState>
  );
}

/** The cart before it is known: lines of the final size, or why there are none. */
export function CartNotThere({ query }: { query: ReturnType<typeof useCart> }) {
  const messages = useShopperMessages();
  const { shell } = messages;
  if (query.isError) {
    return (
      <Trouble
        text={problemText(query.error, messages)}
        onRetry={() => void query.refetch()}
        busy={query.isFetching}
      />
    );
  }
  if (query.fetchStatus === "paused") return <Trouble text={shell.offline} onRetry={() => void query.refetch()} />;
  return (
    <div aria-busy="true" className="divide-y divide-line">
      <span className="sr-only">{shell.loading}</span>
      {[0, 1].map((index) => (
        <div key={index} className="flex gap-4 py-5 first:pt-1">
          <Skeleton className="aspect-4/5 w-20 rounded-md" />
          <div className="flex-1 space-y-2">
            <Skeleton className="h-5 w-3/5" />
            <Skeleton className="h-4 w-2/5" />
            <Skeleton className="mt-4 h-11 w-32" />
          </div>
        </div>
      ))}
    </div>
  );
}
