import { useMemo, useState } from "react";
import { useForm, useWatch, type UseFormReturn } from "react-hook-form";
import { ApiProblem } from "@xpressbuy/client/api-problem";
import type { SavedAddress } from "@xpressbuy/client/shopper-types";
import { countriesByName } from "@xpressbuy/kit/countries";
import { addressLengthMax, addressMistakes, emptyAddress, type AddressDraft } from "@xpressbuy/kit/postal-address";
import { AddressFields } from "@xpressbuy/ui/address-fields";
import { Button } from "@xpressbuy/ui/button";
import { Checkbox } from "@xpressbuy/ui/choice";
import { Dialog } from "@xpressbuy/ui/dialog";
import { TextField } from "@xpressbuy/ui/field";
import { useLocaleTag } from "@xpressbuy/ui/locale";
import { Notice } from "@xpressbuy/ui/notice";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { addressOf, draftOf, useSaveAddress } from "@/lib/addresses";
import { likelyCountry } from "@/lib/delivery-country";
import { resolverOf } from "@/lib/form-resolver";
import { mistakeText } from "@/lib/mistake-text";
import { problemText } from "@/lib/problem-text";
import { showToast } from "@/lib/toasts";

interface AddressForm {
  address: AddressDraft;
  isDefault: boolean;
}

interface AddressDialogProps {
  /** The one to change; null for a new one. */
  saved: SavedAddress | null;
  /** The first address becomes the default without being asked. */
  first: boolean;
  name: string;
  onClose: () => void;
}

export function AddressDialog({ saved, first, name, onClose }: AddressDialogProps) {
  const messages = useShopperMessages();
  const { account } = messages;
  const { mutateAsync } = useSaveAddress();
  const [failure, setFailure] = useState<string | null>(null);
  const form = useForm<AddressForm>({
    defaultValues: {
      address: saved ? draftOf(saved) : { ...emptyAddress(likelyCountry()), name },
      isDefault: saved?.is_default ?? first,
    },
    resolver: resolverOf<AddressForm>(({ address }) => {
      const mistakes = addressMistakes(address);
      return Object.keys(mistakes).length > 0 ? { address: mistakes } : {};
    }),
    mode: "onTouched",
  });

  const submit = form.handleSubmit(async ({ address, isDefault }) => {
    setFailure(null);
    try {
      await mutateAsync({ ...(saved ? { id: saved.id } : {}), address: { ...addressOf(address), is_default: isDefault } });
      showToast(saved ? account.address.changed : account.address.added);
      onClose();
    } catch (error) {
      markFields(form, error);
      setFailure(isFull(error) ? account.address.full : problemText(error, messages));
    }
  });

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={saved ? account.address.editTitle : account.address.addTitle}
    >
      <form noValidate onSubmit={(event) => void submit(event)} className="space-y-5 pt-2">
        <AddressInputs form={form} lockDefault={saved?.is_default ?? first} />
        {failure && (
          <Notice tone="bad" live>
            {failure}
          </Notice>
        )}
        <div className="flex flex-wrap justify-end gap-3">
          <Button onClick={onClose}>{account.address.cancel}</Button>
          <Button type="submit" kind="primary" busy={form.formState.isSubmitting}>
            {account.address.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function AddressInputs({ form, lockDefault }: { form: UseFormReturn<AddressForm>; lockDefault: boolean }) {
  const messages = useShopperMessages();
  const { account, forms } = messages;
  const tag = useLocaleTag();
  const countries = useMemo(() => countriesByName(tag), [tag]);
  const [country, line2] = useWatch({ control: form.control, name: ["address.country", "address.line2"] });
  const errors = form.formState.errors.address;
  return (
    <>
      <AddressFields
        section="shipping"
        country={country}
        countries={countries}
        hasLine2={line2 !== ""}
        bind={(field) => ({ ...form.register(`address.${field}`), error: mistakeText(errors?.[field], messages) })}
      />
      <TextField
        {...form.register("address.phone")}
        type="tel"
        inputMode="tel"
        autoComplete="shipping tel"
        maxLength={addressLengthMax.phone}
        label={forms.phone}
        mark={forms.optional}
        hint={forms.phoneWhy}
        error={mistakeText(errors?.phone, messages)}
      />
      {!lockDefault && (
        <Checkbox
          {...form.register("isDefault")}
          label={account.address.useAsDefault}
          hint={account.address.makeDefaultHint}
        />
      )}
    </>
  );
}

function isFull(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 409 && /full|limit|too_many/.test(error.code);
}

/** Puts what the server did not take beside the fields it is about. */
function markFields(form: UseFormReturn<AddressForm>, error: unknown): void {
  if (!(error instanceof ApiProblem) || error.status !== 422) return;
  for (const { pointer } of error.errors) {
    const field = pointer.slice(1);
    if (Object.hasOwn(emptyAddress(""), field)) {
      form.setError(`address.${field as keyof AddressDraft}`, { type: "refused" });
    }
  }
}
