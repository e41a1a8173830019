import { useMutation } from "@tanstack/react-query";
import type { ApiProblem } from "@xpressbuy/client/api-problem";
import { paths } from "@/config/paths";

async function postSignOut(): Promise<null> {
  const { answerOf, changes } = await import("@xpressbuy/client/changes");
  await answerOf(changes.POST("/auth/logout", {}));
  return null;
}

/**
 * Ends the sign-in here and at the identity provider, which then leads home. A whole page load, so that nothing of the
 * person stays in memory for whoever sits down next.
 */
export function useSignOut() {
  return useMutation<null, ApiProblem>({
    networkMode: "always",
    mutationFn: postSignOut,
    onSuccess: () => {
      sessionStorage.clear();
      location.assign(paths.signedOut());
    },
  });
}
