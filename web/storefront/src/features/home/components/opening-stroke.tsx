import { cx } from "@xpressbuy/ui/class-names";

const look = "absolute left-1/2 -z-10 -translate-x-1/2";

/**
 * The heavier stroke of the mark, as large as the page: it rises behind the products and runs off to the right. It is drawn
 * in a tint, because the accent itself belongs to the button. It is not scaled with the window but stands at the middle of
 * the page, so that it always meets the products; narrow pages stack them, so theirs is steeper.
 */
export function OpeningStroke() {
  return (
    <div aria-hidden className="text-[color-mix(in_oklab,var(--color-accent)_15%,var(--color-paper))]">
      <svg viewBox="0 0 3000 640" fill="none" className={cx(look, "top-0 h-160 w-[3000px] max-w-none max-lg:hidden")}>
        <path d="M1384 536 L1606 296 Q1684 214 1802 214 H3000" stroke="currentColor" strokeWidth="190" />
      </svg>
      <svg viewBox="0 0 2000 500" fill="none" className={cx(look, "bottom-0 h-125 w-[2000px] max-w-none lg:hidden")}>
        <path d="M850 470 L1010 268 Q1060 204 1140 204 H2000" stroke="currentColor" strokeWidth="120" />
      </svg>
    </div>
  );
}
