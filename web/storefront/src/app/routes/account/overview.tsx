import { useMessages } from "@xpressbuy/ui/locale";
import { usePageTitle } from "@/lib/page-title";

export function Component() {
  const { account } = useMessages();
  usePageTitle(account.title);
  return (
    <div className="page py-10">
      <h1 className="display text-3xl">{account.title}</h1>
    </div>
  );
}
