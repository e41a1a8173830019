import type { Cart } from "@xpressbuy/client/types";

/** What the cart will most likely look like once a quantity is set, until the server says. Pure, so that it can be undone. */
export function cartWithQuantity(cart: Cart, sku: string, quantity: number): Cart {
  const line = cart.lines.find((one) => one.sku === sku);
  // A new line has a price and a picture only the server knows; it appears with the answer.
  if (!line) return cart;
  const lineAmount = line.unit_price.amount * quantity;
  const difference = lineAmount - line.line_total.amount;
  const changed = { ...line, quantity, line_total: { ...line.line_total, amount: lineAmount } };
  const shift = <M extends { amount: number }>(money: M): M => ({ ...money, amount: money.amount + difference });
  return {
    ...cart,
    lines: cart.lines.flatMap((one) => (one.sku === sku ? (quantity > 0 ? [changed] : []) : [one])),
    totals: { ...cart.totals, subtotal: shift(cart.totals.subtotal), total: shift(cart.totals.total) },
  };
}

export function itemCount(cart: Cart): number {
  return cart.lines.reduce((count, line) => count + line.quantity, 0);
}

export function quantityOf(cart: Cart | undefined, sku: string): number {
  return cart?.lines.find((line) => line.sku === sku)?.quantity ?? 0;
}
