import { ApiProblem } from "@xpressbuy/client/api-problem";
import type { Messages } from "@xpressbuy/kit/messages/messages";

/** The sentence for a failure. Features with codes of their own look at the code first and come here for the rest. */
export function problemText(error: unknown, { problems }: Messages): string {
  if (!(error instanceof ApiProblem)) return problems.unknown;
  switch (error.code) {
    case "insufficient_stock":
      return problems.insufficientStock(availableIn(error));
    case "price_changed":
      return problems.priceChanged;
    case "cart_changed":
      return problems.cartChanged;
    case "coupon_unavailable":
      return problems.couponUnavailable;
  }
  return byStatus(error, problems);
}

function byStatus(error: ApiProblem, problems: Messages["problems"]): string {
  switch (error.status) {
    case 0:
      return problems.network;
    case 401:
      return problems.signedOut;
    case 404:
      return problems.notFound;
    case 429:
      return problems.tooMany;
    default:
      return problems.unknown;
  }
}

/** How many there are of the line that the problem names first. */
function availableIn(error: ApiProblem): number {
  return error.errors.find((one) => typeof one.available === "number")?.available ?? 0;
}
