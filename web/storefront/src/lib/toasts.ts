import type { ToastAction, ToastItem } from "@xpressbuy/ui/toast";
import { toastsAtOnceMax, toastShownMs } from "@/config/limits";
import { createStore, useStore } from "./signal-store";

const shown = createStore<readonly ToastItem[]>([]);
let lastId = 0;

interface ToastOptions {
  tone?: ToastItem["tone"];
  action?: ToastAction;
}

export function showToast(text: string, { tone = "plain", action }: ToastOptions = {}): void {
  lastId += 1;
  const toast: ToastItem = { id: lastId, tone, text, action };
  shown.set([...shown.get(), toast].slice(-toastsAtOnceMax));
  // Something to press needs time to be reached.
  window.setTimeout(() => dismissToast(toast.id), action ? toastShownMs * 2 : toastShownMs);
}

export function dismissToast(id: number): void {
  shown.set(shown.get().filter((toast) => toast.id !== id));
}

export function useToasts(): readonly ToastItem[] {
  return useStore(shown);
}
