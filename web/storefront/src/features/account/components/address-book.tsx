import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import type { SavedAddress } from "@xpressbuy/client/shopper-types";
import { Button } from "@xpressbuy/ui/button";
import { Dialog } from "@xpressbuy/ui/dialog";
import { EmptyState } from "@xpressbuy/ui/empty-state";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { Skeleton } from "@xpressbuy/ui/skeleton";
import { Trouble } from "@xpressbuy/ui/trouble";
import { addressesQuery, addressOf, draftOf, useSaveAddress } from "@/lib/addresses";
import { problemText } from "@/lib/problem-text";
import { useLeaveWhenSignedOut } from "@/lib/sign-in";
import { showToast } from "@/lib/toasts";
import { useDeleteAddress } from "../api/delete-address";
import { AddressCard } from "./address-card";
import { AddressDialog } from "./address-dialog";

type Asked = { kind: "edit"; saved: SavedAddress | null } | { kind: "remove"; saved: SavedAddress } | null;

export function AddressBook({ name }: { name: string }) {
  const messages = useShopperMessages();
  const { account } = messages;
  const query = useQuery(addressesQuery);
  useLeaveWhenSignedOut(query.error);
  const [asked, setAsked] = useState<Asked>(null);
  const { mutate: save, isPending, variables } = useSaveAddress();
  const close = () => setAsked(null);
  const addresses = query.data?.items;

  const makeDefault = (address: SavedAddress) =>
    save(
      { id: address.id, address: { ...addressOf(draftOf(address)), is_default: true } },
      {
        onSuccess: () => showToast(account.address.defaultSet),
        onError: (error) => showToast(problemText(error, messages), { tone: "bad" }),
      },
    );

  return (
    <>
      <div className="mb-6 flex flex-wrap items-center justify-between gap-4">
        <h1 className="display text-3xl">{account.address.title}</h1>
        {addresses && addresses.length > 0 && (
          <Button kind="primary" onClick={() => setAsked({ kind: "edit", saved: null })}>
            {account.address.add}
          </Button>
        )}
      </div>
      {addresses ? (
        addresses.length > 0 ? (
          <ul className="grid gap-4 sm:grid-cols-2">
            {addresses.map((address) => (
              <li key={address.id}>
                <AddressCard
                  address={address}
                  defaultBusy={isPending && variables.id === address.id}
                  onEdit={() => setAsked({ kind: "edit", saved: address })}
                  onRemove={() => setAsked({ kind: "remove", saved: address })}
                  onMakeDefault={() => makeDefault(address)}
                />
              </li>
            ))}
          </ul>
        ) : (
          <EmptyState title={account.address.none.title} text={account.address.none.text}>
            <Button kind="primary" onClick={() => setAsked({ kind: "edit", saved: null })}>
              {account.address.add}
            </Button>
          </EmptyState>
        )
      ) : (
        <AddressesNotThere query={query} />
      )}
      {asked?.kind === "edit" && (
        <AddressDialog saved={asked.saved} first={addresses?.length === 0} name={name} onClose={close} />
      )}
      {asked?.kind === "remove" && <RemoveDialog address={asked.saved} onClose={close} />}
    </>
  );
}

function AddressesNotThere({ query }: { query: ReturnType<typeof useQuery<unknown, Error>> }) {
  const messages = useShopperMessages();
  if (query.isError) {
    return (
      <Trouble text={problemText(query.error, messages)} onRetry={() => void query.refetch()} busy={query.isFetching} />
    );
  }
  return (
    <div aria-busy="true" className="grid gap-4 sm:grid-cols-2">
      <span className="sr-only">{messages.shell.loading}</span>
      <Skeleton className="h-48 rounded-lg" />
      <Skeleton className="h-48 rounded-lg" />
    </div>
  );
}

function RemoveDialog({ address, onClose }: { address: SavedAddress; onClose: () => void }) {
  const messages = useShopperMessages();
  const { account } = messages;
  const { mutate, isPending } = useDeleteAddress();
  const remove = () =>
    mutate(address.id, {
      onSuccess: () => {
        showToast(account.address.removed);
        onClose();
      },
      onError: (error) => showToast(problemText(error, messages), { tone: "bad" }),
    });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={account.address.removeTitle}
      description={account.address.removeText}
    >
      <p className="text-sm">{[address.name, address.line1, address.city].join(", ")}</p>
      <div className="mt-6 flex flex-wrap justify-end gap-3">
        <Button onClick={onClose}>{account.address.keep}</Button>
        <Button kind="danger" busy={isPending} onClick={remove}>
          {account.address.removeConfirm}
        </Button>
      </div>
    </Dialog>
  );
}
