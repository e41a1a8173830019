import { createStore, useStore } from "./signal-store";

export type Theme = "system" | "light" | "dark";

/** The name is also in theme-start.ts, which runs before anything is drawn and imports nothing. */
const storageKey = "theme";

function keptTheme(): Theme {
  const kept = document.documentElement.dataset.theme;
  return kept === "light" || kept === "dark" ? kept : "system";
}

const theme = createStore<Theme>(keptTheme());

export function setTheme(next: Theme): void {
  theme.set(next);
  if (next === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  try {
    if (next === "system") localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, next);
  } catch {
    // A browser that keeps nothing still shows what was chosen until the page is left.
  }
}

export function useTheme(): Theme {
  return useStore(theme);
}
