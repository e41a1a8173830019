import { ApiProblem } from "@xpressbuy/client/api-problem";
import type { CardCheckout, Order, OrderRequest } from "@xpressbuy/client/shopper-types";
import { orderTriesMax, orderWaitMs, orderWaitMsMax } from "@/config/limits";
import type { Attempt } from "../components/order-attempt";

export type OrderAnswer = Order | CardCheckout;
type Send = (body: string, key: string) => Promise<OrderAnswer>;
type Wait = (ms: number) => Promise<void>;

async function postOrder(body: string, key: string): Promise<OrderAnswer> {
  const { answerOf, changes } = await import("@xpressbuy/client/changes");
  const request = JSON.parse(body) as OrderRequest;
  return answerOf(
    changes.POST("/api/orders", { params: { header: { "Idempotency-Key": key } }, body: request }),
  );
}

const wait: Wait = (ms) => new Promise((resolve) => window.setTimeout(resolve, ms));

/** The shop has looked at the order and does not take it as it is; nothing was placed. */
export function isFinal(problem: ApiProblem): boolean {
  return problem.status === 409 && !isStillRunning(problem);
}

function isStillRunning(problem: ApiProblem): boolean {
  return problem.code.includes("in_progress");
}

function isWorthRepeating(problem: ApiProblem): boolean {
  return problem.status === 0 || problem.status >= 500 || isStillRunning(problem);
}

export function isKeyReused(problem: ApiProblem): boolean {
  return problem.status === 422 && problem.code.startsWith("idempotency_key");
}

/** Silence and trouble at the shop are answered by the same order under the same key, a few times, with growing pauses. */
async function sendPatiently(body: string, key: string, send: Send, pause: Wait): Promise<OrderAnswer> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await send(body, key);
    } catch (error) {
      if (!(error instanceof ApiProblem) || !isWorthRepeating(error) || tried >= orderTriesMax) throw error;
      const asked = (error.retryAfterSeconds ?? 0) * 1000;
      await pause(Math.min(Math.max(orderWaitMs * tried, asked), orderWaitMsMax));
    }
  }
}

/**
 * Sends the newest body of an attempt. If the shop says that the key has been used, one of the earlier bodies became an
 * order while its answer was lost: sending that one again brings the answer back.
 */
export async function placeOrder(attempt: Attempt, send: Send = postOrder, pause: Wait = wait): Promise<OrderAnswer> {
  let refusal: unknown;
  for (const body of [...attempt.bodies].reverse()) {
    try {
      return await sendPatiently(body, attempt.key, send, pause);
    } catch (error) {
      refusal ??= error;
      if (!(error instanceof ApiProblem) || !isKeyReused(error)) throw error;
    }
  }
  throw refusal;
}
