import { countryOfLocales, isCountry } from "@xpressbuy/kit/countries";

const storageKey = "delivery-country";

/** Where parcels most likely go: where the last one was meant to go, else where the reader's language is at home. */
export function likelyCountry(): string {
  return keptCountry() ?? countryOfLocales([...navigator.languages, document.documentElement.lang]);
}

function keptCountry(): string | null {
  try {
    const kept = localStorage.getItem(storageKey);
    return kept && isCountry(kept) ? kept : null;
  } catch {
    return null;
  }
}

export function keepCountry(country: string): void {
  if (!isCountry(country)) return;
  try {
    localStorage.setItem(storageKey, country);
  } catch {
    // A browser that keeps nothing is asked again next time.
  }
}
