import type { Order } from "@xpressbuy/client/shopper-types";
import type { ShopperMessages } from "@xpressbuy/kit/messages/shopper-messages";
import type { Step } from "@xpressbuy/ui/steps";

type Words = ShopperMessages["orders"];
type KnownState = keyof Words["states"];
type Tone = "good" | "warn" | "bad" | "muted";

const wayThrough: readonly KnownState[] = ["placed", "shipped", "delivered"];
const tones: Readonly<Record<KnownState, Tone>> = {
  placed: "warn",
  shipped: "warn",
  delivered: "good",
  cancelled: "bad",
  returned: "muted",
  refunded: "muted",
};

function isKnown(state: string, words: Words): state is KnownState {
  return Object.hasOwn(words.states, state);
}

/** A state in words. One that came after these words were written is shown as the API names it. */
export function stateName(state: string, words: Words): string {
  return isKnown(state, words) ? words.states[state] : state;
}

export function stateText(state: string, words: Words): string | null {
  return isKnown(state, words) ? words.stateTexts[state] : null;
}

export function stateTone(state: string, words: Words): Tone {
  return isKnown(state, words) ? tones[state] : "muted";
}

interface Written {
  words: Words;
  when: (instant: string) => string;
  /** The promised days, already in words. */
  arrives: string;
}

/** The way of an order: what has happened with its day, where it stands, what is still to come. */
export function orderSteps(order: Pick<Order, "state" | "history">, { words, when, arrives }: Written): Step[] {
  const reachedAt = new Map(order.history.map((entry) => [entry.state, entry.at]));
  const noteOf = (state: string) => {
    const at = reachedAt.get(state);
    return at === undefined ? undefined : when(at);
  };
  const position = wayThrough.findIndex((state) => state === order.state);
  if (position === -1) {
    // It has left the way: what happened is shown, and where it ended.
    const passed = wayThrough.filter((state) => reachedAt.has(state));
    return [
      ...passed.map((state): Step => ({ key: state, name: words.states[state], note: noteOf(state), reached: "done" })),
      { key: order.state, name: stateName(order.state, words), note: noteOf(order.state), reached: "stopped" },
    ];
  }
  return wayThrough.map((state, index): Step => ({
    key: state,
    name: words.states[state],
    note: noteOf(state) ?? (state === "delivered" ? arrives : undefined),
    reached: index < position ? "done" : index === position ? "now" : "ahead",
  }));
}
