/** What a refused order means to the shopper: which line, what is true now, what can be done. */
import { ApiProblem } from "@xpressbuy/client/api-problem";
import type { CartLine, Money, ProblemError } from "@xpressbuy/client/types";
import { isKeyReused } from "../api/place-order";

export interface ShortLine {
  readonly sku: string;
  readonly name: string;
  readonly available: number;
}

export interface ChangedPrice {
  readonly sku: string;
  readonly name: string;
  readonly before: Money;
  readonly now: Money;
}

export type OrderTrouble =
  | { readonly kind: "stock"; readonly lines: readonly ShortLine[] }
  | { readonly kind: "price"; readonly lines: readonly ChangedPrice[]; readonly before: Money; readonly now: Money | null }
  | { readonly kind: "cart" }
  | { readonly kind: "empty" }
  | { readonly kind: "method" }
  | { readonly kind: "no_answer" }
  | { readonly kind: "busy" }
  | { readonly kind: "too_many" }
  | { readonly kind: "signed_out" }
  | { readonly kind: "fields"; readonly errors: readonly ProblemError[] }
  | { readonly kind: "other" };

/** What the shopper saw when the order was sent. */
interface Seen {
  lines: readonly CartLine[];
  total: Money;
}

export function orderTrouble(error: unknown, seen: Seen): OrderTrouble {
  if (!(error instanceof ApiProblem)) return { kind: "other" };
  switch (error.code) {
    case "insufficient_stock":
      return { kind: "stock", lines: shortLines(error, seen.lines) };
    case "price_changed":
      return { kind: "price", lines: changedPrices(error, seen.lines), before: seen.total, now: newTotal(error, seen.total) };
    case "cart_changed":
      return { kind: "cart" };
    case "cart_empty":
      return { kind: "empty" };
    case "shipping_method_unavailable":
      return { kind: "method" };
  }
  return byStatus(error);
}

function byStatus(error: ApiProblem): OrderTrouble {
  if (error.status === 0) return { kind: "no_answer" };
  if (error.status === 401) return { kind: "signed_out" };
  if (error.status === 429) return { kind: "too_many" };
  if (error.status >= 500) return { kind: "busy" };
  if (error.status === 422 && !isKeyReused(error)) return { kind: "fields", errors: error.errors };
  return { kind: "other" };
}

/** The line a pointer names, by its SKU ("/lines/TEE-M") or by its place ("/lines/0/quantity"). */
export function lineAt<Line extends { sku: string }>(pointer: string, lines: readonly Line[]): Line | undefined {
  const [first, segment = ""] = pointer.split("/").slice(1);
  if (first !== "lines") return undefined;
  const name = segment.replaceAll("~1", "/").replaceAll("~0", "~");
  return lines.find((line) => line.sku === name) ?? (/^\d{1,3}$/.test(name) ? lines[Number(name)] : undefined);
}

function shortLines(error: ApiProblem, lines: readonly CartLine[]): ShortLine[] {
  return error.errors.flatMap((one) => {
    const line = lineAt(one.pointer, lines);
    return line ? [{ sku: line.sku, name: nameOf(line), available: Math.max(one.available ?? 0, 0) }] : [];
  });
}

function changedPrices(error: ApiProblem, lines: readonly CartLine[]): ChangedPrice[] {
  return error.errors.flatMap((one) => {
    const line = lineAt(one.pointer, lines);
    // The server names every line at its price of now; only those that differ are news.
    if (!line || typeof one.amount !== "number" || one.amount === line.unit_price.amount) return [];
    const now = { ...line.unit_price, amount: one.amount };
    return [{ sku: line.sku, name: nameOf(line), before: line.unit_price, now }];
  });
}

function newTotal(error: ApiProblem, before: Money): Money | null {
  const amount = error.errors.find((one) => one.pointer === "/expected_total")?.amount;
  return typeof amount === "number" ? { ...before, amount } : null;
}

/** What already stands against the lines before anything is sent. */
export function troubleInLines(lines: readonly CartLine[]): OrderTrouble | null {
  const short = lines
    .filter((line) => line.problem)
    .map((line) => {
      const left = line.problem === "insufficient_stock" ? (line.available ?? 0) : 0;
      return { sku: line.sku, name: nameOf(line), available: left };
    });
  return short.length > 0 ? { kind: "stock", lines: short } : null;
}

function nameOf(line: CartLine): string {
  return [line.name, ...Object.values(line.options)].join(", ");
}
