import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ApiProblem } from "@xpressbuy/client/api-problem";
import type { Me } from "@xpressbuy/client/shopper-types";
import { sessionQuery } from "@/lib/session";

async function patchMe(name: string): Promise<Me> {
  const { answerOf, changes } = await import("@xpressbuy/client/changes");
  return answerOf(changes.PATCH("/api/me", { body: { name } }));
}

export function useChangeName() {
  const client = useQueryClient();
  return useMutation<Me, ApiProblem, string>({
    networkMode: "always",
    mutationFn: patchMe,
    onSuccess: (me) => {
      // The name in the session comes from elsewhere and may lag behind; what was just said is shown until it is asked again.
      client.setQueryData(sessionQuery.queryKey, (session) => {
        if (!session?.customer) return session;
        return { ...session, customer: { ...session.customer, name: me.name } };
      });
    },
  });
}
