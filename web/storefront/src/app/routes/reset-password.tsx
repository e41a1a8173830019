import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { ResetPasswordPage } from "@/features/auth/components/reset-password-page";
import { usePageTitle } from "@/lib/page-title";

export function Component() {
  const { auth } = useShopperMessages();
  usePageTitle(auth.reset.title);
  return <ResetPasswordPage />;
}
