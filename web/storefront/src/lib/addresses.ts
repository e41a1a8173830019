import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ApiProblem } from "@xpressbuy/client/api-problem";
import type { PostalAddress, SavedAddress, SavedAddressInput } from "@xpressbuy/client/shopper-types";
import { emptyAddress, tidyAddress, type AddressDraft } from "@xpressbuy/kit/postal-address";
import { personalFreshMs } from "@/config/limits";
import { getQuery } from "./get-query";

/** The signed-in shopper's address book; checkout chooses from it, the account keeps it. */
export const addressesQuery = getQuery("/api/me/addresses", {}, personalFreshMs);

interface AddressToSave {
  /** Absent for a new one. */
  id?: string;
  address: SavedAddressInput;
}

async function sendAddress({ id, address }: AddressToSave): Promise<SavedAddress> {
  const { answerOf, changes } = await import("@xpressbuy/client/changes");
  if (id === undefined) return answerOf(changes.POST("/api/me/addresses", { body: address }));
  return answerOf(changes.PUT("/api/me/addresses/{address_id}", { params: { path: { address_id: id } }, body: address }));
}

export function useSaveAddress() {
  const client = useQueryClient();
  return useMutation<SavedAddress, ApiProblem, AddressToSave>({
    networkMode: "always",
    mutationFn: sendAddress,
    onSuccess: () => client.invalidateQueries({ queryKey: addressesQuery.queryKey }),
  });
}

/** As it is typed into a form: every part there, empty where there is nothing. */
export function draftOf(address: PostalAddress): AddressDraft {
  return {
    ...emptyAddress(address.country),
    name: address.name,
    line1: address.line1,
    line2: address.line2 ?? "",
    city: address.city,
    region: address.region ?? "",
    postal_code: address.postal_code ?? "",
    phone: address.phone ?? "",
  };
}

/** As it is sent: tidy, and without the parts that have nothing in them. */
export function addressOf(draft: AddressDraft): PostalAddress {
  const { name, line1, city, country, ...optional } = tidyAddress(draft);
  const given = Object.fromEntries(Object.entries(optional).filter(([, text]) => text !== ""));
  return { name, line1, city, country, ...given };
}
