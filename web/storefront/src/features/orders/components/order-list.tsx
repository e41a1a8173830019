import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { Order } from "@xpressbuy/client/shopper-types";
import { formatDate } from "@xpressbuy/kit/dates";
import { Status } from "@xpressbuy/ui/badge";
import { Button, buttonLook } from "@xpressbuy/ui/button";
import { EmptyState } from "@xpressbuy/ui/empty-state";
import { useLocaleTag, useMoneyText } from "@xpressbuy/ui/locale";
import { Picture } from "@xpressbuy/ui/picture";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { Skeleton } from "@xpressbuy/ui/skeleton";
import { Trouble } from "@xpressbuy/ui/trouble";
import { paths } from "@/config/paths";
import { problemText } from "@/lib/problem-text";
import { useLeaveWhenSignedOut } from "@/lib/sign-in";
import { ordersQuery } from "../api/list-orders";
import { stateName, stateTone } from "./order-progress";

const picturesMax = 4;

/** Own orders, newest first: all of them, or only the last few. */
export function OrderList({ only }: { only?: number }) {
  const messages = useShopperMessages();
  const { orders } = messages;
  const query = useInfiniteQuery(ordersQuery);
  useLeaveWhenSignedOut(query.error);
  if (!query.data) {
    if (query.error && query.error.status !== 401) {
      return (
        <Trouble
          text={problemText(query.error, messages)}
          onRetry={() => void query.refetch()}
          busy={query.isFetching}
        />
      );
    }
    return <OrderListSkeleton rows={only ?? 3} />;
  }
  const all = query.data.pages.flatMap((page) => page.items);
  if (all.length === 0) return <NoOrders />;
  return (
    <>
      <ul className="divide-y divide-line border-y border-line">
        {all.slice(0, only).map((order) => (
          <li key={order.id}>
            <OrderRow order={order} />
          </li>
        ))}
      </ul>
      {only === undefined && query.hasNextPage && (
        <div className="mt-8 flex justify-center">
          <Button onClick={() => void query.fetchNextPage()} busy={query.isFetchingNextPage}>
            {query.isFetchingNextPage ? orders.loadingMore : orders.more}
          </Button>
        </div>
      )}
    </>
  );
}

function OrderRow({ order }: { order: Order }) {
  const { orders } = useShopperMessages();
  const tag = useLocaleTag();
  const money = useMoneyText();
  const count = order.lines.reduce((sum, line) => sum + line.quantity, 0);
  const hidden = order.lines.length - picturesMax;
  return (
    <Link
      to={paths.accountOrder(order.id)}
      className="group flex flex-col gap-4 py-5 -outline-offset-2 sm:flex-row sm:items-center sm:justify-between"
    >
      <span className="min-w-0">
        <Status tone={stateTone(order.state, orders)} className="font-strong">
          {stateName(order.state, orders)}
        </Status>
        <span className="tabular mt-1 block text-sm group-hover:underline group-hover:underline-offset-4">
          {orders.number(order.number)}
        </span>
        <span className="tabular block text-sm text-muted">
          {[formatDate(order.placed_at, tag), orders.itemCount(count), money(order.totals.total)].join(" · ")}
        </span>
      </span>
      <span className="flex items-center gap-2">
        {order.lines.slice(0, picturesMax).map((line) => (
          <Picture key={line.sku} image={line.image} sizes="56px" decorative className="aspect-4/5 w-14 rounded-md" />
        ))}
        {hidden > 0 && <span className="tabular text-sm text-muted">{orders.moreLines(hidden)}</span>}
      </span>
    </Link>
  );
}

function NoOrders() {
  const { orders } = useShopperMessages();
  return (
    <EmptyState title={orders.none.title} text={orders.none.text}>
      <Link to={paths.everything({ sort: "newest" })} className={buttonLook("primary")}>
        {orders.none.link}
      </Link>
    </EmptyState>
  );
}

function OrderListSkeleton({ rows }: { rows: number }) {
  const { shell } = useShopperMessages();
  return (
    <div aria-busy="true" className="divide-y divide-line border-y border-line">
      <span className="sr-only">{shell.loading}</span>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="flex items-center justify-between gap-4 py-5">
          <div className="flex-1 space-y-2">
            <Skeleton className="h-5 w-24" />
            <Skeleton className="h-4 w-48" />
            <Skeleton className="h-4 w-56 max-w-full" />
          </div>
          <Skeleton className="aspect-4/5 w-14 rounded-md" />
        </div>
      ))}
    </div>
  );
}
