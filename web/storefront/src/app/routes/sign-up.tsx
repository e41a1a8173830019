import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { SignUpPage } from "@/features/auth/components/sign-up-page";
import { usePageTitle } from "@/lib/page-title";

export function Component() {
  const { auth } = useShopperMessages();
  usePageTitle(auth.signUp.title);
  return <SignUpPage />;
}
