import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { AccountFrame } from "@/features/account/components/account-frame";
import { AccountOverview } from "@/features/account/components/account-overview";
import { OrderList } from "@/features/orders/components/order-list";
import { usePageTitle } from "@/lib/page-title";

const recentOrders = 3;

export function Component() {
  const { account } = useShopperMessages();
  usePageTitle(account.title);
  return (
    <AccountFrame>
      {(customer) => <AccountOverview customer={customer} recentOrders={<OrderList only={recentOrders} />} />}
    </AccountFrame>
  );
}
