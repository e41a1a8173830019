import { Link } from "react-router";
import type { CartLine, Totals } from "@xpressbuy/client/types";
import { cx } from "@xpressbuy/ui/class-names";
import { Disclosure } from "@xpressbuy/ui/disclosure";
import { useMoneyText } from "@xpressbuy/ui/locale";
import { PurchaseLine } from "@xpressbuy/ui/purchase-line";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { Sums } from "@xpressbuy/ui/sums";
import { paths } from "@/config/paths";
import { totalsRows } from "@/lib/totals-rows";

interface OrderSummaryProps {
  lines: readonly CartLine[];
  totals: Totals;
  /** New sums are being worked out; these are the last ones. */
  stale: boolean;
  /** Where the lines can be changed. */
  editable: boolean;
}

/** What is being ordered: beside the form where there is room, folded above it where there is not. */
export function OrderSummary(props: OrderSummaryProps) {
  const { checkout } = useShopperMessages();
  const money = useMoneyText();
  return (
    <>
      <div className="-mt-2 mb-8 border-b border-line lg:hidden">
        <Disclosure
          summary={
            <>
              <span>{checkout.showReview}</span>
              <span className="tabular ms-auto">{money(props.totals.total)}</span>
            </>
          }
        >
          <SummaryContent {...props} />
        </Disclosure>
      </div>
      <aside aria-label={checkout.review} className="rounded-lg bg-surface p-6 max-lg:hidden lg:sticky lg:top-24 lg:order-last">
        <h2 className="display mb-4 text-xl">{checkout.review}</h2>
        <SummaryContent {...props} />
      </aside>
    </>
  );
}

function SummaryContent({ lines, totals, stale, editable }: OrderSummaryProps) {
  const { checkout } = useShopperMessages();
  const money = useMoneyText();
  return (
    <>
      <ul className="max-h-96 space-y-4 overflow-y-auto">
        {lines.map((line) => (
          <li key={line.sku}>
            <PurchaseLine
              size="sm"
              image={line.image}
              name={line.name}
              options={line.options}
              amount={money(line.line_total)}
              note={checkout.quantity(line.quantity)}
            />
          </li>
        ))}
      </ul>
      {editable && (
        <Link to={paths.cart()} className="mt-2 inline-flex min-h-11 items-center text-sm underline underline-offset-4">
          {checkout.editCart}
        </Link>
      )}
      <SummarySums totals={totals} stale={stale} className="mt-3 border-t border-line pt-4" />
    </>
  );
}

export function SummarySums({ totals, stale, className }: { totals: Totals; stale: boolean; className?: string }) {
  const { cart } = useShopperMessages();
  const money = useMoneyText();
  return (
    <div aria-busy={stale} className={cx(stale && "opacity-60", "transition-opacity duration-150", className)}>
      <Sums rows={totalsRows(totals, { words: cart, money })} totalName={cart.total} total={money(totals.total)} />
    </div>
  );
}
