import type { enShopper } from "./en-shopper";
import type { Messages, Widened } from "./messages";

/** The messages of cart, checkout and account in any language. */
export type ShopperWords = Widened<typeof enShopper>;

/** With them everything a page of theirs can say. */
export type ShopperMessages = Messages & ShopperWords;
