import { Icon, type IconName } from "@xpressbuy/ui/icon";
import { useMessages } from "@xpressbuy/ui/locale";

/** A line each on delivery, returns and payment. */
export function Promises() {
  const { promises } = useMessages().home;
  const rows: readonly (readonly [IconName, string, string])[] = [
    ["truck", promises.delivery, promises.deliveryText],
    ["return", promises.returns, promises.returnsText],
    ["card", promises.payment, promises.paymentText],
  ];
  return (
    <section aria-labelledby="promises" className="page">
      <h2 id="promises" className="sr-only">
        {promises.title}
      </h2>
      <ul className="grid border-y border-line md:grid-cols-3 md:divide-x md:divide-line max-md:divide-y max-md:divide-line">
        {rows.map(([icon, title, text]) => (
          <li key={title} className="flex gap-4 py-6 md:px-6 md:first:ps-0 md:last:pe-0">
            <Icon name={icon} className="mt-0.5 size-6" />
            <div>
              <h3 className="font-strong">{title}</h3>
              <p className="mt-1 text-sm text-muted">{text}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
