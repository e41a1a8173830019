import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { formatDateTime } from "@xpressbuy/kit/dates";
import { Button } from "@xpressbuy/ui/button";
import { Icon } from "@xpressbuy/ui/icon";
import { useLocaleTag } from "@xpressbuy/ui/locale";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { Skeleton } from "@xpressbuy/ui/skeleton";
import { paths } from "@/config/paths";
import { orderQuery } from "@/lib/orders";
import { usePageTitle } from "@/lib/page-title";
import { useLeaveWhenSignedOut } from "@/lib/sign-in";
import { OrderDetail } from "./order-detail";
import { OrderSkeleton } from "./order-skeleton";

export function AccountOrder({ id }: { id: string }) {
  const { orders } = useShopperMessages();
  const tag = useLocaleTag();
  const { data: order, error } = useQuery({
    ...orderQuery(id),
    throwOnError: (problem) => problem.status !== 401,
  });
  useLeaveWhenSignedOut(error);
  usePageTitle(order && orders.number(order.number));
  return (
    <>
      <Link
        data-screen-only
        to={paths.accountOrders()}
        className="-ms-1 mb-2 inline-flex min-h-11 items-center gap-1 text-sm text-muted hover:text-ink"
      >
        <Icon name="chevron-left" className="size-4" />
        {orders.back}
      </Link>
      {order ? (
        <>
          <div className="mb-8 flex flex-wrap items-end justify-between gap-4">
            <div>
              <h1 className="display tabular text-3xl">{orders.number(order.number)}</h1>
              <p className="tabular mt-1 text-sm text-muted">{orders.placedOn(formatDateTime(order.placed_at, tag))}</p>
            </div>
            <Button data-screen-only onClick={() => window.print()}>
              {orders.print}
            </Button>
          </div>
          <OrderDetail order={order} />
        </>
      ) : (
        <>
          <Skeleton className="mb-8 h-12 w-3/5" />
          <OrderSkeleton />
        </>
      )}
    </>
  );
}
