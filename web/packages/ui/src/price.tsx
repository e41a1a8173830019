import type { Money } from "@xpressbuy/kit/money";
import { cx } from "./class-names";
import { useMessages, useMoneyText } from "./locale";

interface PriceProps {
  price: Money;
  /** What it cost before, if it is on sale. */
  before?: Money | null | undefined;
  /** Other choices of the product cost more. */
  from?: boolean;
  className?: string;
}

export function Price({ price, before, from = false, className }: PriceProps) {
  const { list } = useMessages();
  const text = useMoneyText();
  const onSale = before && before.amount > price.amount;
  return (
    <span className={cx("tabular inline-flex flex-wrap items-baseline gap-x-2 whitespace-nowrap", className)}>
      <span className={onSale ? "text-accent-text" : undefined}>
        {onSale && <span className="sr-only">{`${list.now} `}</span>}
        {from && <span className="text-muted">{`${list.from} `}</span>}
        {text(price, { shortenWhole: true })}
      </span>
      {onSale && (
        <span className="text-[0.85em] text-muted">
          <span className="sr-only">{`${list.was} `}</span>
          <s>{text(before, { shortenWhole: true })}</s>
        </span>
      )}
    </span>
  );
}
