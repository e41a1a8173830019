import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { AccountFrame } from "@/features/account/components/account-frame";
import { AddressBook } from "@/features/account/components/address-book";
import { usePageTitle } from "@/lib/page-title";

export function Component() {
  const { account } = useShopperMessages();
  usePageTitle(account.address.title);
  return <AccountFrame>{(customer) => <AddressBook name={customer.name} />}</AccountFrame>;
}
