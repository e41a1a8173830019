import { useMessages } from "@xpressbuy/ui/locale";
import { usePageTitle } from "@/lib/page-title";

export function Component() {
  const { home } = useMessages();
  usePageTitle("");
  return <h1 className="page display py-10 text-3xl">{home.title}</h1>;
}
