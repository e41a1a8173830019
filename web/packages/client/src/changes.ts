import createClient from "openapi-fetch";
import { ApiProblem } from "./api-problem";
import type { paths } from "./paths";

/** Every call that changes something: `answerOf(changes.PUT("/api/cart/lines/{sku}", { params, body }))`. */
export const changes = createClient<paths>({
  // The server takes changes only as JSON, also those that have nothing to say.
  headers: { Accept: "application/json", "Content-Type": "application/json" },
});

interface Outcome<Answer> {
  data?: Answer;
  error?: unknown;
  response: Response;
}

export async function answerOf<Answer>(call: Promise<Outcome<Answer>>): Promise<Answer> {
  let outcome: Outcome<Answer>;
  try {
    outcome = await call;
  } catch {
    throw ApiProblem.noAnswer();
  }
  if (!outcome.response.ok) {
    throw ApiProblem.from(outcome.response.status, outcome.error, secondsToWait(outcome.response.headers));
  }
  return outcome.data as Answer;
}

function secondsToWait(headers: Headers): number | null {
  const seconds = Number(headers.get("Retry-After") ?? Number.NaN);
  return Number.isInteger(seconds) && seconds >= 0 ? seconds : null;
}
