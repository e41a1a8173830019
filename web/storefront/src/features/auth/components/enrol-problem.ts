import { ApiProblem } from "@xpressbuy/client/api-problem";
import type { ShopperMessages } from "@xpressbuy/kit/messages/shopper-messages";
import { problemText } from "@/lib/problem-text";

const codeRefusals = new Set(["bad_code", "code_mismatch", "code_expired"]);

/** The sentence for a refusal on the way to an account. `wrongCode` is what the page says about a code that does not fit. */
export function enrolProblemText(error: unknown, messages: ShopperMessages, wrongCode?: string): string {
  const { auth, forms } = messages;
  if (!(error instanceof ApiProblem)) return problemText(error, messages);
  if (error.status === 429) {
    return error.retryAfterSeconds ? auth.tooManyFor(error.retryAfterSeconds) : auth.tooMany;
  }
  if (error.code === "weak_password") return auth.weakPassword;
  if (wrongCode && codeRefusals.has(error.code)) return wrongCode;
  if (error.status === 422) return forms.fieldsToMend;
  return problemText(error, messages);
}
