import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { Order } from "@xpressbuy/client/shopper-types";
import { formatDateTime } from "@xpressbuy/kit/dates";
import { Button, buttonLook } from "@xpressbuy/ui/button";
import { useLocaleTag } from "@xpressbuy/ui/locale";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { Skeleton } from "@xpressbuy/ui/skeleton";
import { paths } from "@/config/paths";
import { orderQuery } from "@/lib/orders";
import { usePageTitle } from "@/lib/page-title";
import { useSession } from "@/lib/session";
import { OrderDetail } from "./order-detail";
import { OrderSkeleton } from "./order-skeleton";

/** Where checkout ends, for guests and signed-in shoppers alike; it can be opened again and printed. */
export function ConfirmationPage({ id }: { id: string }) {
  const { orders } = useShopperMessages();
  const { data: order } = useQuery({ ...orderQuery(id), throwOnError: true });
  const signedIn = useSession()?.signed_in;
  usePageTitle(order && orders.number(order.number));
  if (!order) {
    return (
      <div className="page min-h-[80vh] space-y-10 py-8 sm:py-12">
        <Skeleton className="h-12 w-3/5" />
        <OrderSkeleton />
      </div>
    );
  }
  return (
    <div className="page min-h-[80vh] py-8 sm:py-12">
      <Headline order={order} />
      <OrderDetail order={order} />
      {signedIn === false && <AccountOffer order={order} />}
      <div data-screen-only className="mt-12 flex flex-wrap gap-3">
        <Link to={paths.everything()} className={buttonLook("secondary")}>
          {orders.keepShopping}
        </Link>
        {signedIn && (
          <Link to={paths.accountOrders()} className={buttonLook("secondary")}>
            {orders.seeOrders}
          </Link>
        )}
        <Button onClick={() => window.print()}>{orders.print}</Button>
      </div>
    </div>
  );
}

function Headline({ order }: { order: Order }) {
  const { orders } = useShopperMessages();
  const tag = useLocaleTag();
  const firstName = order.contact.name.split(" ", 1)[0] ?? "";
  const isNew = order.state === "placed";
  return (
    <div className="mb-8 sm:mb-10">
      <p className="tabular mb-2 text-sm text-muted">
        {orders.number(order.number)}
        {" · "}
        {orders.placedOn(formatDateTime(order.placed_at, tag))}
      </p>
      <h1 className="display max-w-[22ch] text-3xl sm:text-5xl">
        {isNew ? (firstName ? orders.thanksNamed(firstName) : orders.thanks) : orders.number(order.number)}
      </h1>
      {isNew && <p className="mt-4 text-muted">{orders.mailSent(order.contact.email)}</p>}
    </div>
  );
}

/** Afterwards, when it costs nothing: what was typed for the order fills the form in. */
function AccountOffer({ order }: { order: Order }) {
  const { orders } = useShopperMessages();
  return (
    <section
      data-screen-only
      className="mt-12 flex flex-col gap-4 rounded-lg border border-line p-5 sm:flex-row sm:items-center sm:justify-between sm:p-6"
    >
      <div>
        <h2 className="display text-xl">{orders.offer.title}</h2>
        <p className="mt-1 text-sm text-muted">{orders.offer.text}</p>
      </div>
      <Link
        to={paths.signUp(paths.account())}
        state={{ email: order.contact.email, name: order.contact.name }}
        className={buttonLook("primary", "md", "shrink-0")}
      >
        {orders.offer.link}
      </Link>
    </section>
  );
}
