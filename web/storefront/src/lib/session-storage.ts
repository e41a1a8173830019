/**
 * What this tab remembers over a reload. A browser that keeps nothing must not stop anybody from buying, so every failure
 * here is silence.
 */
export function keptInTab(name: string): unknown {
  try {
    const text = sessionStorage.getItem(name);
    return text === null ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}

export function keepInTab(name: string, value: unknown): void {
  try {
    if (value === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Nothing to do: it is not kept.
  }
}
