/**
 * What a shopper types about themselves and what can be wrong with it. The rules are mild on purpose: they catch slips, the
 * server decides.
 */

/** Each has a sentence in messages/en/forms.ts. */
export type Mistake =
  | "emailMissing"
  | "emailShape"
  | "nameMissing"
  | "line1Missing"
  | "cityMissing"
  | "regionMissing"
  | "postalCodeMissing"
  | "postalCodeShape"
  | "countryMissing"
  | "phoneShape"
  | "passwordMissing"
  | "passwordShort"
  | "passwordLong"
  | "codeShape"
  | "tooLong"
  | "refused";

/** RFC 5321 allows no longer address. */
export const emailLengthMax = 254;
export const nameLengthMax = 100;
export const phoneLengthMax = 30;
export const passwordLengthMin = 8;
/** What the identity provider takes at most. */
export const passwordLengthMax = 256;
export const confirmationCodeLength = 6;

export function emailMistake(text: string): Mistake | null {
  const email = text.trim();
  if (!email) return "emailMissing";
  return email.length <= emailLengthMax && /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email) ? null : "emailShape";
}

export function nameMistake(text: string): Mistake | null {
  const name = text.trim();
  if (!name) return "nameMissing";
  return name.length <= nameLengthMax ? null : "tooLong";
}

/** A phone number may be left out. Seven digits is the shortest that can be called from abroad. */
export function phoneMistake(text: string): Mistake | null {
  const phone = text.trim();
  if (!phone) return null;
  const digits = phone.replace(/\D/g, "").length;
  const looksRight = /^\+?[\d\s()./-]+$/.test(phone) && digits >= 7 && digits <= 15 && phone.length <= phoneLengthMax;
  return looksRight ? null : "phoneShape";
}

/** Length is all that is asked: rules about signs and capitals make people forget, not safer. */
export function passwordMistake(password: string): Mistake | null {
  if (!password) return "passwordMissing";
  if (password.length < passwordLengthMin) return "passwordShort";
  return password.length <= passwordLengthMax ? null : "passwordLong";
}

/** The digits of a code however it was typed or pasted: "123 456" and "Code: 123456" both count. */
export function codeDigits(text: string): string {
  return text.replace(/\D/g, "").slice(0, confirmationCodeLength);
}

export function codeMistake(text: string): Mistake | null {
  return codeDigits(text).length === confirmationCodeLength ? null : "codeShape";
}
