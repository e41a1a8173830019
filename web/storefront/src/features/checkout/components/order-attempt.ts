/**
 * The key under which an order is sent. One key stands for one wish to order: pressing twice, reloading, going back and
 * sending again after silence all carry the same key, so that the shop can tell that it is the same wish.
 */

export interface Attempt {
  readonly key: string;
  /** Every text that went out under the key, newest last; more than one only after silence. */
  readonly bodies: readonly string[];
  /** The shop has said no to the newest, for good: nothing was placed under this key. */
  readonly refused: boolean;
}

/** More edits between silences than anybody makes; the oldest are then forgotten. */
const bodiesMax = 5;

/**
 * The attempt for a body. A new body gets a new key, unless the fate of the last one is unknown: then its key is kept,
 * because the shop either knows nothing of it and takes the new body, or says that the key is used, and that is how we
 * learn that there is an order already. A new key would make a second one.
 */
export function attemptFor(body: string, last: Attempt | null, newKey: () => string): Attempt {
  if (last === null) return { key: newKey(), bodies: [body], refused: false };
  if (last.bodies.at(-1) === body) return { ...last, refused: false };
  if (last.refused) return { key: newKey(), bodies: [body], refused: false };
  const earlier = last.bodies.filter((one) => one !== body);
  return { key: last.key, bodies: [...earlier, body].slice(-bodiesMax), refused: false };
}

/** What was kept of an attempt, if it is one. */
export function attemptFrom(kept: unknown): Attempt | null {
  if (typeof kept !== "object" || kept === null) return null;
  const { key, bodies, refused } = kept as Partial<Record<keyof Attempt, unknown>>;
  const isWhole =
    typeof key === "string" &&
    key.length > 0 &&
    Array.isArray(bodies) &&
    bodies.length > 0 &&
    bodies.every((body) => typeof body === "string");
  return isWhole ? { key, bodies, refused: refused === true } : null;
}

/** Whether an order may have been placed that nobody has heard of. */
export function isOpen(attempt: Attempt | null): attempt is Attempt {
  return attempt !== null && !attempt.refused;
}
