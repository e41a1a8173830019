import { useEffect } from "react";
import type { ApiProblem } from "@xpressbuy/client/api-problem";
import { paths } from "@/config/paths";

/** Leaves for the identity provider and comes back to where the shopper is now, or to the local address given. */
export function goToSignIn(next = `${location.pathname}${location.search}`): void {
  location.assign(paths.login(next));
}

/** For pages of a signed-in shopper: a sign-in that ended while the page was open is taken up again, and leads back here. */
export function useLeaveWhenSignedOut(error: ApiProblem | null): void {
  const signedOut = error?.status === 401;
  useEffect(() => {
    if (signedOut) goToSignIn();
  }, [signedOut]);
}
