import { describe, expect, it } from "vitest";
import { ApiProblem } from "@xpressbuy/client/api-problem";
import type { Order } from "@xpressbuy/client/shopper-types";
import { placeOrder } from "./place-order";

const order = { id: "ord_1" } as Order;
const problem = (status: number, code?: string, seconds: number | null = null) =>
  new ApiProblem({ status, ...(code ? { code } : {}) }, seconds);

/** A shop that answers as told, one answer a sending, and keeps what it was sent. */
function shop(...answers: (Order | ApiProblem)[]) {
  const sent: string[] = [];
  const pauses: number[] = [];
  const send = (body: string, key: string) => {
    sent.push(`${key}:${body}`);
    const answer = answers[sent.length - 1] ?? problem(500);
    return answer instanceof ApiProblem ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const pause = (ms: number) => {
    pauses.push(ms);
    return Promise.resolve();
  };
  return { sent, pauses, place: (bodies: string[]) => placeOrder({ key: "k", bodies, refused: false }, send, pause) };
}

describe("placeOrder", () => {
  it("repeats silence and trouble under the same key", async () => {
    const { sent, pauses, place } = shop(problem(0), problem(503, "busy", 2), order);
    await expect(place(["A"])).resolves.toBe(order);
    expect(sent).toEqual(["k:A", "k:A", "k:A"]);
    expect(pauses).toEqual([1000, 2000]);
  });

  it("gives up after three tries, and never waits for long", async () => {
    const { sent, pauses, place } = shop(problem(503, "busy", 600), problem(0), problem(0), order);
    await expect(place(["A"])).rejects.toMatchObject({ status: 0 });
    expect(sent).toHaveLength(3);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(8000);
  });

  it("takes a no as a no", async () => {
    const { sent, place } = shop(problem(409, "insufficient_stock"), order);
    await expect(place(["A"])).rejects.toMatchObject({ code: "insufficient_stock" });
    expect(sent).toHaveLength(1);
  });

  it("waits for a twin that is still running", async () => {
    const { sent, place } = shop(problem(409, "order_in_progress"), order);
    await expect(place(["A"])).resolves.toBe(order);
    expect(sent).toHaveLength(2);
  });

  it("asks for the order that an earlier body became when the key turns out to be used", async () => {
    const { sent, place } = shop(problem(422, "idempotency_key_reused"), order);
    await expect(place(["A", "B"])).resolves.toBe(order);
    expect(sent).toEqual(["k:B", "k:A"]);
  });

  it("reports the first refusal when no body fits the key", async () => {
    const { place } = shop(problem(422, "idempotency_key_reused"), problem(422, "idempotency_key_reused"));
    await expect(place(["A", "B"])).rejects.toMatchObject({ code: "idempotency_key_reused" });
  });

  it("does not repeat a wrong field", async () => {
    const { sent, place } = shop(problem(422, "invalid"), order);
    await expect(place(["A", "B"])).rejects.toMatchObject({ code: "invalid" });
    expect(sent).toEqual(["k:B"]);
  });
});
