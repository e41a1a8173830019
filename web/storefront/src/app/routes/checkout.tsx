import { useMessages } from "@xpressbuy/ui/locale";
import { usePageTitle } from "@/lib/page-title";

export function Component() {
  const { checkout } = useMessages();
  usePageTitle(checkout.title);
  return (
    <div className="page py-10">
      <h1 className="display text-3xl">{checkout.title}</h1>
    </div>
  );
}
