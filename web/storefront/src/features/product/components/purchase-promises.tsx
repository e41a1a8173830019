import { Icon, type IconName } from "@xpressbuy/ui/icon";
import { useMessages } from "@xpressbuy/ui/locale";

/** Delivery, returns and payment, beside the button, where they are wondered about. */
export function PurchasePromises() {
  const { product } = useMessages();
  const rows: readonly (readonly [IconName, string, string])[] = [
    ["truck", product.delivery, product.deliveryText],
    ["return", product.returns, product.returnsText],
    ["card", product.payment, product.paymentText],
  ];
  return (
    <dl className="divide-y divide-line border-y border-line text-sm">
      {rows.map(([icon, term, text]) => (
        <div key={term} className="flex gap-3 py-3">
          <dt className="flex w-28 shrink-0 items-start gap-2 font-strong">
            <Icon name={icon} />
            {term}
          </dt>
          <dd className="text-muted">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
