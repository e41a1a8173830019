import { useMessages } from "@xpressbuy/ui/locale";
import { ResetPasswordPage } from "@/features/auth/components/reset-password-page";
import { usePageTitle } from "@/lib/page-title";

export function Component() {
  const { auth } = useMessages();
  usePageTitle(auth.reset.title);
  return <ResetPasswordPage />;
}
