import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { AccountFrame } from "@/features/account/components/account-frame";
import { OrderList } from "@/features/orders/components/order-list";
import { usePageTitle } from "@/lib/page-title";

export function Component() {
  const { orders } = useShopperMessages();
  usePageTitle(orders.title);
  return (
    <AccountFrame>
      {() => (
        <>
          <h1 className="display mb-6 text-3xl">{orders.title}</h1>
          <OrderList />
        </>
      )}
    </AccountFrame>
  );
}
