import { useMessages } from "@xpressbuy/ui/locale";
import { usePageTitle } from "@/lib/page-title";

export function Component() {
  const { orders } = useMessages();
  usePageTitle(orders.title);
  return (
    <div className="page py-10">
      <h1 className="display text-3xl">{orders.title}</h1>
    </div>
  );
}
