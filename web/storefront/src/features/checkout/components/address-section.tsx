import { useMemo } from "react";
import { useWatch, type UseFormReturn } from "react-hook-form";
import type { SavedAddress } from "@xpressbuy/client/shopper-types";
import { countriesByName, countryName } from "@xpressbuy/kit/countries";
import { addressLines } from "@xpressbuy/kit/postal-address";
import { AddressFields } from "@xpressbuy/ui/address-fields";
import { Checkbox, RadioCard } from "@xpressbuy/ui/choice";
import { useLocaleTag } from "@xpressbuy/ui/locale";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { mistakeText } from "@/lib/mistake-text";
import type { CheckoutForm } from "./checkout-form";
import { CheckoutSection } from "./checkout-section";

interface AddressSectionProps {
  form: UseFormReturn<CheckoutForm>;
  saved: readonly SavedAddress[];
  signedIn: boolean;
}

export function AddressSection({ form, saved, signedIn }: AddressSectionProps) {
  const { checkout } = useShopperMessages();
  const addressId = useWatch({ control: form.control, name: "addressId" });
  const billingSame = useWatch({ control: form.control, name: "billingSame" });
  return (
    <CheckoutSection title={checkout.address}>
      {saved.length > 0 && <SavedAddresses form={form} saved={saved} chosen={addressId} />}
      {addressId === "" && (
        <>
          <TypedAddress form={form} part="shipping" />
          {signedIn && <Checkbox {...form.register("saveAddress")} label={checkout.saveAddress} className="mt-3" />}
        </>
      )}
      <Checkbox {...form.register("billingSame")} label={checkout.billingSame} className="mt-3" />
      {!billingSame && (
        <div className="mt-4">
          <h3 className="mb-4 font-strong">{checkout.billing}</h3>
          <TypedAddress form={form} part="billing" />
        </div>
      )}
    </CheckoutSection>
  );
}

interface SavedAddressesProps {
  form: UseFormReturn<CheckoutForm>;
  saved: readonly SavedAddress[];
  chosen: string;
}

function SavedAddresses({ form, saved, chosen }: SavedAddressesProps) {
  const { checkout } = useShopperMessages();
  const tag = useLocaleTag();
  const choose = (id: string) => form.setValue("addressId", id, { shouldDirty: true });
  return (
    <fieldset className="mb-6 space-y-3">
      <legend className="sr-only">{checkout.savedAddresses}</legend>
      {saved.map((address) => (
        <RadioCard
          key={address.id}
          name="address"
          checked={chosen === address.id}
          onChange={() => choose(address.id)}
          heading={address.name}
          text={[...addressLines(address), countryName(address.country, tag)].join(", ")}
          aside={address.is_default && <span className="text-sm text-muted">{checkout.defaultAddress}</span>}
        />
      ))}
      <RadioCard
        name="address"
        checked={chosen === ""}
        onChange={() => choose("")}
        heading={checkout.otherAddress}
        text={checkout.otherAddressText}
      />
    </fieldset>
  );
}

function TypedAddress({ form, part }: { form: UseFormReturn<CheckoutForm>; part: "shipping" | "billing" }) {
  const messages = useShopperMessages();
  const tag = useLocaleTag();
  const countries = useMemo(() => countriesByName(tag), [tag]);
  const [country, line2] = useWatch({ control: form.control, name: [`${part}.country`, `${part}.line2`] });
  const errors = form.formState.errors[part];
  return (
    <AddressFields
      section={part}
      country={country}
      countries={countries}
      hasLine2={line2 !== ""}
      bind={(field) => ({ ...form.register(`${part}.${field}`), error: mistakeText(errors?.[field], messages) })}
    />
  );
}
