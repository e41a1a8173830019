import { isRouteErrorResponse, useRouteError } from "react-router";
import { ApiProblem } from "@xpressbuy/client/api-problem";
import { Button } from "@xpressbuy/ui/button";
import { EmptyState } from "@xpressbuy/ui/empty-state";
import { useMessages } from "@xpressbuy/ui/locale";
import { usePageTitle } from "@/lib/page-title";
import { NotFound } from "./not-found";

function isNotFound(error: unknown): boolean {
  if (error instanceof ApiProblem) return error.status === 404;
  return isRouteErrorResponse(error) && error.status === 404;
}

/** What is shown in place of a page that threw: the way back for what is gone, another try for what failed. */
export function RouteError() {
  const error = useRouteError();
  return isNotFound(error) ? <NotFound /> : <Failed offline={error instanceof ApiProblem && error.status === 0} />;
}

function Failed({ offline }: { offline: boolean }) {
  const { shell } = useMessages();
  usePageTitle(shell.failed.title);
  return (
    <div className="page" role="alert">
      <EmptyState asPage title={shell.failed.title} text={offline ? shell.failed.offlineText : shell.failed.text}>
        <Button kind="primary" onClick={() => location.reload()}>
          {shell.failed.retry}
        </Button>
      </EmptyState>
    </div>
  );
}
