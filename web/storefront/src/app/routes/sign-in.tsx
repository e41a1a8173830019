import { useMessages } from "@xpressbuy/ui/locale";
import { usePageTitle } from "@/lib/page-title";

export function Component() {
  const { auth } = useMessages();
  usePageTitle(auth.title);
  return (
    <div className="page py-10">
      <h1 className="display text-3xl">{auth.title}</h1>
    </div>
  );
}
