import { useMessages } from "@xpressbuy/ui/locale";
import { SignUpPage } from "@/features/auth/components/sign-up-page";
import { usePageTitle } from "@/lib/page-title";

export function Component() {
  const { auth } = useMessages();
  usePageTitle(auth.signUp.title);
  return <SignUpPage />;
}
