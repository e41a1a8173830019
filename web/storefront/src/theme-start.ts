/*
 * Runs before the first paint, so that a chosen theme does not flash. It is a file because the content security policy
 * allows no inline script, and it imports nothing so that it stays one small blocking file.
 */
try {
  const kept = localStorage.getItem("theme");
  if (kept === "light" || kept === "dark") document.documentElement.dataset.theme = kept;
} catch {
  // Storage may be forbidden; the system's colours are right then.
}

export {};
