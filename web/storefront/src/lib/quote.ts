import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { ApiProblem } from "@xpressbuy/client/api-problem";
import type { Quote, QuoteRequest } from "@xpressbuy/client/shopper-types";
import { personalFreshMs } from "@/config/limits";

async function postQuote(request: QuoteRequest): Promise<Quote> {
  const { answerOf, changes } = await import("@xpressbuy/client/changes");
  return answerOf(changes.POST("/api/checkout/quote", { body: request }));
}

/**
 * What it costs to send something somewhere. A POST that changes nothing, so it is cached like a read; the cart's version
 * is part of the key because the server reads the cart itself.
 */
export function quoteQuery(request: QuoteRequest, cartVersion: number | null) {
  return queryOptions<Quote, ApiProblem, Quote, readonly [string, QuoteRequest, number | null]>({
    queryKey: ["/api/checkout/quote", request, cartVersion],
    queryFn: () => postQuote(request),
    staleTime: personalFreshMs,
    // Sums that change in place are read more easily than sums that vanish and come back.
    placeholderData: keepPreviousData,
  });
}
