import { Link } from "react-router";
import { buttonLook } from "@xpressbuy/ui/button";
import { EmptyState } from "@xpressbuy/ui/empty-state";
import { useMessages } from "@xpressbuy/ui/locale";
import { paths } from "@/config/paths";
import { usePageTitle } from "@/lib/page-title";

export function NotFound() {
  const { shell, list } = useMessages();
  usePageTitle(shell.notFound.title);
  return (
    <div className="page">
      <EmptyState asPage title={shell.notFound.title} text={shell.notFound.text}>
        <Link to={paths.home()} className={buttonLook("primary")}>
          {shell.notFound.home}
        </Link>
        <Link to={paths.everything()} className={buttonLook("secondary")}>
          {list.empty.link}
        </Link>
      </EmptyState>
    </div>
  );
}
