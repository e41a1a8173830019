import { createStore, useStore } from "./signal-store";

/** Whether the cart's drawer is open. Any feature may open it; the drawer itself belongs to features/cart. */
const open = createStore(false);

export function openCartDrawer(): void {
  open.set(true);
}

export function closeCartDrawer(): void {
  open.set(false);
}

export function useCartDrawerOpen(): boolean {
  return useStore(open);
}
