import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { AccountFrame } from "@/features/account/components/account-frame";
import { ProfileForm } from "@/features/account/components/profile-form";
import { usePageTitle } from "@/lib/page-title";

export function Component() {
  const { account } = useShopperMessages();
  usePageTitle(account.profilePage.title);
  return <AccountFrame>{(customer) => <ProfileForm customer={customer} />}</AccountFrame>;
}
