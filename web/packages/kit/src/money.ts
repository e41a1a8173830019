/** Amounts are integers in the currency's smallest unit; nothing here ever turns one into a float. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

export interface MoneyFormat {
  /** Leave ".00" off: for cards and headlines, never where amounts stand under each other. */
  readonly shortenWhole?: boolean;
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatterFor(locale: string, currency: string, shortenWhole: boolean): Intl.NumberFormat {
  const key = `${locale}|${currency}|${String(shortenWhole)}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.NumberFormat(locale, {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
      trailingZeroDisplay: shortenWhole ? "stripIfInteger" : "auto",
    });
    formatters.set(key, formatter);
  }
  return formatter;
}

/** How many digits of a currency stand behind the point: 2 for INR, 0 for JPY, 3 for KWD. */
export function minorUnitDigits(currency: string): number {
  return formatterFor("en", currency, false).resolvedOptions().maximumFractionDigits ?? 2;
}

/** The amount as an exact decimal string: 129950 INR is "1299.50". */
export function decimalString({ amount, currency }: Money): `${number}` {
  if (!Number.isSafeInteger(amount)) throw new RangeError("An amount is a whole number of minor units");
  const digits = minorUnitDigits(currency);
  const sign = amount < 0 ? "-" : "";
  const padded = String(Math.abs(amount)).padStart(digits + 1, "0");
  const whole = padded.slice(0, padded.length - digits);
  const fraction = digits > 0 ? `.${padded.slice(-digits)}` : "";
  return `${sign}${whole}${fraction}` as `${number}`;
}

export function formatMoney(money: Money, locale: string, format: MoneyFormat = {}): string {
  // Intl takes a decimal string digit by digit, so no binary fraction is involved.
  return formatterFor(locale, money.currency, format.shortenWhole ?? false).format(decimalString(money));
}

/** Whole minor units from what a person typed as a price ("12.5"), or null if it is not a price. */
export function minorUnitsFromText(text: string, currency: string): number | null {
  const digits = minorUnitDigits(currency);
  const match = /^(\d{1,12})(?:\.(\d*))?$/.exec(text.trim().replaceAll(",", ""));
  if (!match) return null;
  const fraction = match[2] ?? "";
  if (fraction.length > digits) return null;
  return Number(`${match[1] ?? "0"}${fraction.padEnd(digits, "0")}`);
}

/** How much lower a price is than before, in whole percent rounded down, so that it is never overstated. */
export function percentOff(price: Money, before: Money): number {
  if (price.currency !== before.currency || before.amount <= price.amount || before.amount <= 0) return 0;
  return Math.floor(((before.amount - price.amount) * 100) / before.amount);
}
