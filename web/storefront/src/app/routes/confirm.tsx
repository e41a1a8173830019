import { useMessages } from "@xpressbuy/ui/locale";
import { ConfirmPage } from "@/features/auth/components/confirm-page";
import { usePageTitle } from "@/lib/page-title";

export function Component() {
  const { auth } = useMessages();
  usePageTitle(auth.confirm.title);
  return <ConfirmPage />;
}
