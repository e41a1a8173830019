import type { Mistake } from "@xpressbuy/kit/person-rules";
import type { ShopperMessages } from "@xpressbuy/kit/messages/shopper-messages";

/** The sentence for what a form says is wrong with a field; undefined while nothing is. */
export function mistakeText(error: { type?: unknown } | undefined, { forms }: ShopperMessages): string | undefined {
  if (!error) return undefined;
  const mistake = String(error.type);
  return isMistake(mistake, forms.mistakes) ? forms.mistakes[mistake] : forms.mistakes.refused;
}

function isMistake(name: string, mistakes: ShopperMessages["forms"]["mistakes"]): name is Mistake {
  return Object.hasOwn(mistakes, name);
}
