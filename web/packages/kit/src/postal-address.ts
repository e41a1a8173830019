/** An address as it is typed: which parts a country has, what can be wrong with them, and how it is written down. */
import { isCountry } from "./countries";
import { nameMistake, phoneMistake, type Mistake } from "./person-rules";

export interface AddressDraft {
  name: string;
  line1: string;
  line2: string;
  city: string;
  region: string;
  postal_code: string;
  country: string;
  phone: string;
}

export type AddressField = keyof AddressDraft;

export const addressLengthMax: Readonly<Record<Exclude<AddressField, "country">, number>> = {
  name: 100,
  line1: 120,
  line2: 120,
  city: 80,
  region: 80,
  postal_code: 16,
  phone: 30,
};

export function emptyAddress(country: string): AddressDraft {
  return { name: "", line1: "", line2: "", city: "", region: "", postal_code: "", country, phone: "" };
}

interface CountryShape {
  /** What the part between city and country is called; null where mail goes without. */
  readonly region: "state" | "province" | "county" | "region" | null;
  readonly regionNeeded: boolean;
  readonly postalCode: "pin" | "zip" | "postcode" | "postalCode" | null;
  readonly postalCodePattern: RegExp | null;
  /** Digits only, so a phone may show its number keys. */
  readonly postalCodeDigits: boolean;
  /** Written before the city ("10115 Berlin") rather than after it. */
  readonly postalCodeFirst: boolean;
}

const anyCountry: CountryShape = {
  region: "region",
  regionNeeded: false,
  postalCode: "postalCode",
  postalCodePattern: null,
  postalCodeDigits: false,
  postalCodeFirst: false,
};

const digits = (pattern: RegExp): Partial<CountryShape> => ({ postalCodePattern: pattern, postalCodeDigits: true });
const europe: Partial<CountryShape> = { region: null, postalCodeFirst: true };

/** Only where the general shape would be wrong or could catch a slip. Spaces are taken out before a pattern is tried. */
const shapes: Readonly<Record<string, Partial<CountryShape>>> = {
  IN: { region: "state", regionNeeded: true, postalCode: "pin", ...digits(/^[1-9]\d{5}$/) },
  US: { region: "state", regionNeeded: true, postalCode: "zip", ...digits(/^\d{5}(-?\d{4})?$/), postalCodeDigits: false },
  CA: { region: "province", regionNeeded: true, postalCodePattern: /^[A-Z]\d[A-Z]\d[A-Z]\d$/ },
  AU: { region: "state", regionNeeded: true, postalCode: "postcode", ...digits(/^\d{4}$/) },
  BR: { region: "state", regionNeeded: true, postalCodePattern: /^\d{5}-?\d{3}$/ },
  MX: { region: "state", regionNeeded: true, ...digits(/^\d{5}$/) },
  GB: { region: "county", postalCode: "postcode", postalCodePattern: /^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$/ },
  IE: { region: "county" },
  NZ: { postalCode: "postcode", ...digits(/^\d{4}$/) },
  JP: { region: "province", regionNeeded: true, postalCodePattern: /^\d{3}-?\d{4}$/ },
  SG: { region: null, ...digits(/^\d{6}$/) },
  DE: { ...europe, ...digits(/^\d{5}$/) },
  FR: { ...europe, ...digits(/^\d{5}$/) },
  FI: { ...europe, ...digits(/^\d{5}$/) },
  AT: { ...europe, ...digits(/^\d{4}$/) },
  BE: { ...europe, ...digits(/^\d{4}$/) },
  CH: { ...europe, ...digits(/^\d{4}$/) },
  DK: { ...europe, ...digits(/^\d{4}$/) },
  NO: { ...europe, ...digits(/^\d{4}$/) },
  SE: { ...europe, ...digits(/^\d{5}$/) },
  NL: { ...europe, postalCodePattern: /^\d{4}[A-Z]{2}$/ },
  PL: { ...europe, postalCodePattern: /^\d{2}-?\d{3}$/ },
  PT: { ...europe, postalCodePattern: /^\d{4}(-?\d{3})?$/ },
  AE: { postalCode: null },
  HK: { postalCode: null },
  QA: { postalCode: null },
};

export function countryShape(country: string): CountryShape {
  return { ...anyCountry, ...shapes[country] };
}

export type AddressMistakes = Partial<Record<AddressField, Mistake>>;

export function addressMistakes(draft: AddressDraft): AddressMistakes {
  const shape = countryShape(draft.country);
  const missing = (text: string, mistake: Mistake) => (text.trim() ? null : mistake);
  const found: Record<AddressField, Mistake | null> = {
    name: nameMistake(draft.name),
    line1: missing(draft.line1, "line1Missing"),
    line2: null,
    city: missing(draft.city, "cityMissing"),
    region: shape.regionNeeded ? missing(draft.region, "regionMissing") : null,
    postal_code: postalCodeMistake(draft.postal_code, shape),
    country: isCountry(draft.country) ? null : "countryMissing",
    phone: phoneMistake(draft.phone),
  };
  for (const [field, length] of Object.entries(addressLengthMax) as [keyof typeof addressLengthMax, number][]) {
    if (draft[field].trim().length > length) found[field] ??= "tooLong";
  }
  return Object.fromEntries(Object.entries(found).filter(([, mistake]) => mistake !== null));
}

function postalCodeMistake(text: string, shape: CountryShape): Mistake | null {
  if (shape.postalCode === null) return null;
  const code = text.replace(/\s/g, "").toUpperCase();
  if (!code) return shape.postalCodePattern ? "postalCodeMissing" : null;
  return shape.postalCodePattern && !shape.postalCodePattern.test(code) ? "postalCodeShape" : null;
}

/** Without what the country has no place for, so that an earlier choice of country leaves nothing behind. */
export function tidyAddress(draft: AddressDraft): AddressDraft {
  const shape = countryShape(draft.country);
  const trimmed = Object.fromEntries(
    Object.entries(draft).map(([field, text]: [string, string]) => [field, text.trim().replace(/\s+/g, " ")]),
  ) as unknown as AddressDraft;
  return {
    ...trimmed,
    region: shape.region === null ? "" : trimmed.region,
    postal_code: shape.postalCode === null ? "" : trimmed.postal_code.toUpperCase(),
  };
}

type WrittenAddress = Partial<Record<AddressField, string | null>>;

/** The lines under the name, as they would stand on a parcel; the country's name is the caller's, in the reader's language. */
export function addressLines(address: WrittenAddress): string[] {
  const { city, region, postal_code: code } = address;
  const place = countryShape(address.country ?? "").postalCodeFirst
    ? [code, city].filter(Boolean).join(" ")
    : [city, region, code].filter(Boolean).join(", ");
  return [address.line1, address.line2, place].filter((line): line is string => Boolean(line));
}
