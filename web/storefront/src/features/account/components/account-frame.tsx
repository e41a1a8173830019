import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { Navigate, NavLink, useLocation } from "react-router";
import type { Session } from "@xpressbuy/client/types";
import { cx } from "@xpressbuy/ui/class-names";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { Skeleton } from "@xpressbuy/ui/skeleton";
import { Trouble } from "@xpressbuy/ui/trouble";
import { paths } from "@/config/paths";
import { problemText } from "@/lib/problem-text";
import { sessionQuery } from "@/lib/session";
import { SignOutButton } from "./sign-out-button";

export type Customer = NonNullable<Session["customer"]>;

/** Every page of the account stands in this frame; who is not signed in is asked to, and comes back to the same page. */
export function AccountFrame({ children }: { children: (customer: Customer) => ReactNode }) {
  const messages = useShopperMessages();
  const { pathname, search } = useLocation();
  const session = useQuery(sessionQuery);
  const customer = session.data?.customer;
  if (session.data && !customer) return <Navigate replace to={paths.signIn(`${pathname}${search}`)} />;
  return (
    <div className="page min-h-[80vh] py-6 sm:py-12 lg:grid lg:grid-cols-[12rem_minmax(0,1fr)] lg:gap-16">
      <AccountNavigation />
      <div className="min-w-0">
        {customer ? (
          children(customer)
        ) : session.isError ? (
          <Trouble
            text={problemText(session.error, messages)}
            onRetry={() => void session.refetch()}
            busy={session.isFetching}
          />
        ) : (
          <div aria-busy="true" className="space-y-6">
            <span className="sr-only">{messages.shell.loading}</span>
            <Skeleton className="h-10 w-2/5" />
            <Skeleton className="h-24" />
            <Skeleton className="h-24" />
          </div>
        )}
        {/* Beside the links there is no room for it on a phone. */}
        {customer && (
          <div className="mt-12 -ml-3 lg:hidden">
            <SignOutButton />
          </div>
        )}
      </div>
    </div>
  );
}

function AccountNavigation() {
  const { account } = useShopperMessages();
  const links = [
    [paths.account(), account.overview],
    [paths.accountOrders(), account.orders],
    [paths.accountAddresses(), account.addresses],
    [paths.accountProfile(), account.profile],
  ] as const;
  return (
    <nav aria-label={account.navigation} className="mb-8 lg:mb-0">
      <ul className="flex gap-x-1 overflow-x-auto border-b border-line lg:flex-col lg:border-b-0">
        {links.map(([to, name]) => (
          <li key={to}>
            <NavLink
              to={to}
              end={to === paths.account()}
              className={({ isActive }) =>
                cx(
                  "flex min-h-11 items-center border-b-2 px-2 text-sm sm:px-3 -outline-offset-2 lg:rounded-md lg:border-b-0",
                  isActive ? "border-accent font-strong lg:bg-surface" : "border-transparent text-muted hover:text-ink",
                )
              }
            >
              {name}
            </NavLink>
          </li>
        ))}
        <li className="mt-4 border-t border-line pt-4 max-lg:hidden">
          <SignOutButton />
        </li>
      </ul>
    </nav>
  );
}
