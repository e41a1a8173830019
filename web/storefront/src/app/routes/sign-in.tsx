import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { SignInPage } from "@/features/auth/components/sign-in-page";
import { usePageTitle } from "@/lib/page-title";

export function Component() {
  const { auth } = useShopperMessages();
  usePageTitle(auth.title);
  return <SignInPage />;
}
