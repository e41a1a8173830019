import { useId, type ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { Skeleton } from "@xpressbuy/ui/skeleton";
import { paths } from "@/config/paths";
import { addressesQuery } from "@/lib/addresses";
import { AddressText } from "./address-card";
import type { Customer } from "./account-frame";

interface AccountOverviewProps {
  customer: Customer;
  /** The last few orders; orders are a feature of their own. */
  recentOrders: ReactNode;
}

export function AccountOverview({ customer, recentOrders }: AccountOverviewProps) {
  const { account } = useShopperMessages();
  const firstName = customer.name.split(" ", 1)[0] ?? "";
  return (
    <>
      <h1 className="display text-3xl sm:text-4xl">{firstName ? account.greeting(firstName) : account.title}</h1>
      <Part title={account.recentOrders} to={paths.accountOrders()} link={account.allOrders}>
        {recentOrders}
      </Part>
      <div className="grid gap-x-12 md:grid-cols-2">
        <Part title={account.defaultAddress} to={paths.accountAddresses()} link={account.manageAddresses}>
          <DefaultAddress />
        </Part>
        <Part title={account.you} to={paths.accountProfile()} link={account.editProfile}>
          <p className="font-strong">{customer.name}</p>
          <p className="mt-1 text-sm text-muted">{customer.email}</p>
        </Part>
      </div>
    </>
  );
}

function Part({ title, to, link, children }: { title: string; to: string; link: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mt-10">
      <div className="mb-3 flex items-baseline justify-between gap-4">
        <h2 id={id} className="display text-xl">
          {title}
        </h2>
        <Link to={to} className="hit-area text-sm underline underline-offset-4 hover:text-accent-text">
          {link}
        </Link>
      </div>
      {children}
    </section>
  );
}

function DefaultAddress() {
  const { account } = useShopperMessages();
  const { data, isPending } = useQuery(addressesQuery);
  if (isPending) return <Skeleton className="h-24" />;
  const address = data?.items.find((one) => one.is_default) ?? data?.items[0];
  if (!address) return <p className="text-sm text-muted">{account.noDefaultAddress}</p>;
  return (
    <>
      <p className="font-strong">{address.name}</p>
      <AddressText address={address} />
    </>
  );
}
