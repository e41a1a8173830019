import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { ConfirmPage } from "@/features/auth/components/confirm-page";
import { usePageTitle } from "@/lib/page-title";

export function Component() {
  const { auth } = useShopperMessages();
  usePageTitle(auth.confirm.title);
  return <ConfirmPage />;
}
