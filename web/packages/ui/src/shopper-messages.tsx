import { useMemo } from "react";
import { enShopper } from "@xpressbuy/kit/messages/en-shopper";
import type { ShopperMessages, ShopperWords } from "@xpressbuy/kit/messages/shopper-messages";
import { useLocaleTag, useMessages } from "./locale";

/** By language; one that is not here yet speaks English rather than nothing. */
const words: Readonly<Record<string, ShopperWords>> = { en: enShopper };

/** Like `useMessages`, with the words of cart, checkout and account, which come with the pages that need them. */
export function useShopperMessages(): ShopperMessages {
  const messages = useMessages();
  const language = useLocaleTag().split("-", 1)[0] ?? "en";
  return useMemo(() => ({ ...messages, ...(words[language] ?? enShopper) }), [messages, language]);
}
