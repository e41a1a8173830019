import type { Image, Money, ProductDetail, ProductOption, Variant } from "@xpressbuy/client/types";

/**
 * What a shopper has chosen of a product's options and what follows from it. All of it is computed from the product and the
 * choice alone; nothing is ever chosen for the shopper unless there is no choice.
 */

/** Option name to value; an option that is not in it has not been chosen. */
export type Choice = Readonly<Record<string, string>>;

export type ValueState = "available" | "sold-out" | "impossible";

type Chooseable = Pick<ProductDetail, "options" | "variants">;

function fits(variant: Variant, choice: Choice): boolean {
  return Object.entries(choice).every(([name, value]) => variant.options[name] === value);
}

export function variantsFitting(product: Chooseable, choice: Choice): Variant[] {
  return product.variants.filter((variant) => fits(variant, choice));
}

/** The given choice without what the product does not know, with every option of a single value filled in. */
export function settledChoice(product: Chooseable, given: Choice): Choice {
  const settled: Record<string, string> = {};
  for (const { name, values } of product.options) {
    const only = values.length === 1 ? values[0]?.value : undefined;
    const value = only ?? given[name];
    if (value !== undefined && values.some((one) => one.value === value)) settled[name] = value;
  }
  return settled;
}

export function missingOptions(product: Chooseable, choice: Choice): ProductOption[] {
  return product.options.filter((option) => choice[option.name] === undefined);
}

/** The one variant that is meant, once every option has been chosen. */
export function chosenVariant(product: Chooseable, choice: Choice): Variant | undefined {
  if (missingOptions(product, choice).length > 0) return undefined;
  return variantsFitting(product, choice)[0];
}

/** What would become of a value if it were chosen now, next to what is chosen of the other options. */
export function valueState(product: Chooseable, choice: Choice, option: string, value: string): ValueState {
  const candidates = variantsFitting(product, { ...choice, [option]: value });
  if (candidates.length === 0) return "impossible";
  return candidates.some((variant) => variant.in_stock) ? "available" : "sold-out";
}

export interface ChoiceStep {
  readonly choice: Choice;
  /** Options whose value had to be given up, because nothing is made with it and the new one. */
  readonly cleared: readonly string[];
}

/**
 * Chooses a value. Of what was chosen before, everything stays that can: the latest wish is never refused, and what it
 * rules out is open again rather than silently replaced.
 */
export function choose(product: Chooseable, choice: Choice, option: string, value: string): ChoiceStep {
  let kept: Choice = { [option]: value };
  const cleared: string[] = [];
  for (const { name, values } of product.options) {
    const earlier = choice[name];
    if (name === option || earlier === undefined) continue;
    const together = { ...kept, [name]: earlier };
    if (variantsFitting(product, together).length > 0) kept = together;
    else if (values.length > 1) cleared.push(name);
  }
  return { choice: kept, cleared };
}

export interface PriceSpan {
  readonly price: Money;
  readonly before: Money | null;
  /** Others of the variants that are still possible cost more. */
  readonly from: boolean;
}

/** The lowest price of what is still possible. */
export function priceOf(product: Chooseable, choice: Choice): PriceSpan | undefined {
  const fitting = variantsFitting(product, choice);
  const cheapest = fitting.reduce<Variant | undefined>(
    (best, variant) => (best && best.price.amount <= variant.price.amount ? best : variant),
    undefined,
  );
  if (!cheapest) return undefined;
  return {
    price: cheapest.price,
    before: cheapest.compare_at_price ?? null,
    from: fitting.some((variant) => variant.price.amount > cheapest.price.amount),
  };
}

/** The pictures of what is chosen, as soon as everything that is still possible looks the same. */
export function picturesOf(product: ProductDetail, choice: Choice): readonly Image[] {
  if (Object.keys(choice).length === 0) return product.images;
  const [first, ...others] = variantsFitting(product, choice);
  const pictures = first?.images ?? [];
  const same = others.every((variant) => variant.images[0]?.src === pictures[0]?.src);
  return pictures.length > 0 && same ? pictures : product.images;
}

const parameterPrefix = "option.";

export function choiceInAddress(parameters: URLSearchParams): Choice {
  const pairs = [...parameters].filter(([name]) => name.startsWith(parameterPrefix));
  return Object.fromEntries(pairs.map(([name, value]) => [name.slice(parameterPrefix.length), value]));
}

/** The address with the choice in it, so that a link shows what was being looked at. Everything else in it stays. */
export function addressWithChoice(parameters: URLSearchParams, choice: Choice): URLSearchParams {
  const next = new URLSearchParams([...parameters].filter(([name]) => !name.startsWith(parameterPrefix)));
  for (const [name, value] of Object.entries(choice)) next.set(`${parameterPrefix}${name}`, value);
  return next;
}
