import { useMessages } from "@xpressbuy/ui/locale";
import { ForgotPasswordPage } from "@/features/auth/components/forgot-password-page";
import { usePageTitle } from "@/lib/page-title";

export function Component() {
  const { auth } = useMessages();
  usePageTitle(auth.forgot.title);
  return <ForgotPasswordPage />;
}
