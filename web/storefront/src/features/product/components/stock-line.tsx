import type { Variant } from "@xpressbuy/client/types";
import { Status } from "@xpressbuy/ui/badge";
import { useLocaleTag, useMessages } from "@xpressbuy/ui/locale";
import { lowStockBelow } from "@/config/limits";

interface StockLineProps {
  variant: Variant | undefined;
  /** Whether any variant at all can be bought. */
  anyInStock: boolean;
  /** The options that are still to be chosen. */
  missing: readonly string[];
  inCart: number;
}

/** One line on whether it can be had; it is read out when a choice changes it. */
export function StockLine({ variant, anyInStock, missing, inCart }: StockLineProps) {
  const { product } = useMessages();
  return (
    <p role="status" className="min-h-6 text-sm">
      <Stock variant={variant} anyInStock={anyInStock} missing={missing} />
      {inCart > 0 && <span className="text-muted">{` ${product.someInCart(inCart)}`}</span>}
    </p>
  );
}

function Stock({ variant, anyInStock, missing }: Omit<StockLineProps, "inCart">) {
  const { product } = useMessages();
  const tag = useLocaleTag();
  if (!anyInStock) return <Status tone="bad">{product.soldOutText}</Status>;
  if (!variant) {
    const names = new Intl.ListFormat(tag, { type: "conjunction" }).format(missing.map((name) => name.toLowerCase()));
    return <span className="text-muted">{product.chooseToSee(names)}</span>;
  }
  if (!variant.in_stock) return <Status tone="bad">{product.soldOutVariant}</Status>;
  if (variant.available > 0 && variant.available < lowStockBelow) {
    return <Status tone="warn">{product.onlyLeft(variant.available)}</Status>;
  }
  return <Status tone="good">{product.inStock}</Status>;
}
