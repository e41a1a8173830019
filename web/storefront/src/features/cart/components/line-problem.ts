import type { CartLine } from "@xpressbuy/client/types";
import type { ShopperMessages } from "@xpressbuy/kit/messages/shopper-messages";
import { lowStockBelow, quantityMax } from "@/config/limits";

export interface LineState {
  /** What stands against the line, in a sentence. */
  readonly problem: string | null;
  /** The line keeps the cart from being bought. */
  readonly blocks: boolean;
  /** Nothing of it can be had; there is no quantity to choose. */
  readonly unavailable: boolean;
  /** The most that can be chosen. */
  readonly max: number;
  /** A quantity that would put it right. */
  readonly remedy: number | null;
}

const fine = { problem: null, blocks: false, unavailable: false, remedy: null };

/** What a shopper is told about a line and what can be done about it. Codes we do not know still get a plain sentence. */
export function lineState(line: CartLine, words: ShopperMessages["cart"]): LineState {
  const available = line.available ?? quantityMax;
  const max = Math.max(1, Math.min(available, quantityMax));
  switch (line.problem) {
    case null:
    case undefined:
      return { ...fine, problem: scarce(available, words), max };
    case "price_changed":
      return { ...fine, problem: words.problems.priceChanged, max };
    case "sold_out":
      return { ...fine, problem: words.problems.soldOut, blocks: true, unavailable: true, max };
    case "gone":
      return { ...fine, problem: words.problems.gone, blocks: true, unavailable: true, max };
    case "insufficient_stock":
      return { ...fine, problem: words.problems.insufficientStock(available), blocks: true, max, remedy: max };
    case "too_much":
      return { ...fine, problem: words.problems.tooMuch, blocks: true, max };
    default:
      return { ...fine, problem: words.problems.other, blocks: true, max };
  }
}

function scarce(available: number, words: ShopperMessages["cart"]): string | null {
  return available > 0 && available < lowStockBelow ? words.onlyLeft(available) : null;
}
