import { useState, type ComponentProps } from "react";
import type { Country } from "@xpressbuy/kit/countries";
import { addressLengthMax, countryShape, type AddressField } from "@xpressbuy/kit/postal-address";
import { SelectField, TextField } from "./field";
import { useShopperMessages } from "./shopper-messages";

/** What ties one field to the form it stands in: name, handlers, ref, and what is wrong with it. */
export type BoundField = Pick<ComponentProps<"input">, "name" | "ref"> & {
  onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLSelectElement>) => unknown;
  onBlur: (event: React.FocusEvent<HTMLInputElement | HTMLSelectElement>) => unknown;
  error?: string | undefined;
};

interface AddressFieldsProps {
  bind: (field: AddressField) => BoundField;
  /** The one chosen now: it decides which parts there are and what they are called. */
  country: string;
  countries: readonly Country[];
  /** Two addresses in one form are told apart for the browser's own filling in. */
  section: "shipping" | "billing";
  /** Whether the second line has something in it already. */
  hasLine2: boolean;
}

/** An address, asked for in the order in which people know it, with only the parts that the country has. */
export function AddressFields({ bind, country, countries, section, hasLine2 }: AddressFieldsProps) {
  const { forms } = useShopperMessages();
  const shape = countryShape(country);
  return (
    <div className="grid grid-cols-6 gap-x-4 gap-y-5">
      <SelectField
        {...asSelect(bind("country"))}
        label={forms.country}
        autoComplete={`${section} country`}
        className="col-span-full"
      >
        <option value="">{forms.chooseCountry}</option>
        {countries.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextField
        {...bind("name")}
        label={forms.name}
        autoComplete={`${section} name`}
        maxLength={addressLengthMax.name}
        className="col-span-full"
      />
      <StreetFields bind={bind} section={section} hasLine2={hasLine2} />
      {shape.postalCode && (
        <TextField
          {...bind("postal_code")}
          label={forms.postalCodes[shape.postalCode]}
          {...(shape.postalCodePattern ? {} : { mark: forms.optional })}
          autoComplete={`${section} postal-code`}
          autoCapitalize="characters"
          inputMode={shape.postalCodeDigits ? "numeric" : "text"}
          maxLength={addressLengthMax.postal_code}
          className="col-span-full xs:col-span-2"
        />
      )}
      <TextField
        {...bind("city")}
        label={forms.city}
        autoComplete={`${section} address-level2`}
        maxLength={addressLengthMax.city}
        className={shape.postalCode ? "col-span-full xs:col-span-4" : "col-span-full"}
      />
      {shape.region && (
        <TextField
          {...bind("region")}
          label={forms.regions[shape.region]}
          {...(shape.regionNeeded ? {} : { mark: forms.optional })}
          autoComplete={`${section} address-level1`}
          maxLength={addressLengthMax.region}
          className="col-span-full"
        />
      )}
    </div>
  );
}

/** The second line is asked for by few; it waits behind a button rather than lengthen the form for all. */
function StreetFields({ bind, section, hasLine2 }: Pick<AddressFieldsProps, "bind" | "section" | "hasLine2">) {
  const { forms } = useShopperMessages();
  const [asked, setAsked] = useState(false);
  const shown = asked || hasLine2;
  return (
    <>
      <div className="col-span-full">
        <TextField
          {...bind("line1")}
          label={forms.line1}
          autoComplete={`${section} address-line1`}
          maxLength={addressLengthMax.line1}
        />
        {!shown && (
          <button
            type="button"
            onClick={() => setAsked(true)}
            className="mt-1 -mb-3 inline-flex min-h-11 items-center text-sm underline underline-offset-4 hover:text-accent-text"
          >
            {forms.addLine2}
          </button>
        )}
      </div>
      {shown && (
        <TextField
          {...bind("line2")}
          label={forms.line2}
          mark={forms.optional}
          // Who asked for the field wants to type into it.
          autoFocus={asked}
          autoComplete={`${section} address-line2`}
          maxLength={addressLengthMax.line2}
          className="col-span-full"
        />
      )}
    </>
  );
}

function asSelect({ ref, ...field }: BoundField) {
  return { ...field, ref: ref as React.Ref<HTMLSelectElement> };
}
