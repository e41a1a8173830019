import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { ForgotPasswordPage } from "@/features/auth/components/forgot-password-page";
import { usePageTitle } from "@/lib/page-title";

export function Component() {
  const { auth } = useShopperMessages();
  usePageTitle(auth.forgot.title);
  return <ForgotPasswordPage />;
}
