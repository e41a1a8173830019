import { useMessages } from "@xpressbuy/ui/locale";
import { SignInPage } from "@/features/auth/components/sign-in-page";
import { usePageTitle } from "@/lib/page-title";

export function Component() {
  const { auth } = useMessages();
  usePageTitle(auth.title);
  return <SignInPage />;
}
