import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ApiProblem } from "@xpressbuy/client/api-problem";
import { addressesQuery } from "@/lib/addresses";

async function deleteAddress(id: string): Promise<null> {
  const { answerOf, changes } = await import("@xpressbuy/client/changes");
  await answerOf(changes.DELETE("/api/me/addresses/{address_id}", { params: { path: { address_id: id } } }));
  return null;
}

export function useDeleteAddress() {
  const client = useQueryClient();
  return useMutation<null, ApiProblem, string>({
    networkMode: "always",
    mutationFn: deleteAddress,
    onSuccess: () => client.invalidateQueries({ queryKey: addressesQuery.queryKey }),
  });
}
