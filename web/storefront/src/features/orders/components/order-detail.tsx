import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Order, PostalAddress } from "@xpressbuy/client/shopper-types";
import { countryName } from "@xpressbuy/kit/countries";
import { formatDateTime, formatDayRange } from "@xpressbuy/kit/dates";
import { addressLines } from "@xpressbuy/kit/postal-address";
import { buttonLook } from "@xpressbuy/ui/button";
import { useLocaleTag, useMoneyText } from "@xpressbuy/ui/locale";
import { PurchaseLine } from "@xpressbuy/ui/purchase-line";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { Steps } from "@xpressbuy/ui/steps";
import { Sums } from "@xpressbuy/ui/sums";
import { paths } from "@/config/paths";
import { totalsRows } from "@/lib/totals-rows";
import { orderSteps, stateText } from "./order-progress";
import "./order-print.css";

/** Everything about one order, the same after checkout and in the account. */
export function OrderDetail({ order }: { order: Order }) {
  return (
    <div data-order-sheet className="space-y-10">
      <Progress order={order} />
      <div className="gap-16 lg:grid lg:grid-cols-[minmax(0,1fr)_20rem] lg:items-start">
        <Lines order={order} />
        <Facts order={order} />
      </div>
    </div>
  );
}

function Progress({ order }: { order: Order }) {
  const { orders } = useShopperMessages();
  const tag = useLocaleTag();
  const { delivery_from, delivery_to } = order.shipping_method;
  const arrives = orders.expected(formatDayRange(delivery_from, delivery_to, tag));
  const text = stateText(order.state, orders);
  return (
    <section aria-label={orders.progress} className="rounded-lg bg-surface p-5 sm:p-6">
      <Steps
        label={orders.progress}
        steps={orderSteps(order, { words: orders, when: (instant) => formatDateTime(instant, tag), arrives })}
      />
      {text && <p className="mt-5 text-sm text-muted">{text}</p>}
      <Parcels order={order} />
    </section>
  );
}

function Parcels({ order }: { order: Order }) {
  const { orders } = useShopperMessages();
  const tracked = order.shipments.filter((shipment) => shipment.tracking_url);
  if (tracked.length === 0) return null;
  return (
    <div data-screen-only className="mt-4 flex flex-wrap gap-3">
      {tracked.map((shipment) => (
        <a key={shipment.id} href={shipment.tracking_url ?? ""} rel="noreferrer" className={buttonLook("secondary")}>
          {orders.trackPlain}
        </a>
      ))}
    </div>
  );
}

function Lines({ order }: { order: Order }) {
  const { orders, cart } = useShopperMessages();
  const money = useMoneyText();
  return (
    <section aria-labelledby="order-lines">
      <h2 id="order-lines" className="display text-xl">
        {orders.lines}
      </h2>
      <ul className="mt-2 divide-y divide-line">
        {order.lines.map((line) => (
          <li key={line.sku} className="py-4">
            <PurchaseLine
              image={line.image}
              options={line.options}
              amount={money(line.line_total)}
              note={<span className="tabular">{`${orders.quantity(line.quantity)} ${money(line.unit_price)}`}</span>}
              name={
                <Link to={paths.product(line.slug)} className="hover:underline hover:underline-offset-4">
                  {line.name}
                </Link>
              }
            />
          </li>
        ))}
      </ul>
      <div className="border-t border-line pt-5 sm:ms-auto sm:max-w-80">
        <Sums
          rows={totalsRows(order.totals, { words: cart, money, shippingName: order.shipping_method.name })}
          totalName={cart.total}
          total={money(order.totals.total)}
        />
      </div>
    </section>
  );
}

function Facts({ order }: { order: Order }) {
  const { orders } = useShopperMessages();
  const tag = useLocaleTag();
  const money = useMoneyText();
  const { shipping_method: method, payment } = order;
  return (
    <dl className="mt-10 space-y-6 text-sm lg:mt-0">
      <Fact name={orders.deliverTo}>
        <WrittenAddress address={order.shipping_address} />
      </Fact>
      <Fact name={orders.method}>
        <p>{method.name}</p>
        <p className="tabular text-muted">
          {orders.expected(formatDayRange(method.delivery_from, method.delivery_to, tag))}
        </p>
      </Fact>
      <Fact name={orders.payment}>
        <p>{payment.method === "cod" ? orders.paymentCod : orders.paymentCard}</p>
        {order.state !== "cancelled" && (
          <p className="tabular text-muted">
            {payment.state === "paid" ? orders.paymentPaid : orders.paymentDue(money(order.totals.total))}
          </p>
        )}
      </Fact>
      {order.billing_address && (
        <Fact name={orders.billTo}>
          <WrittenAddress address={order.billing_address} />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="border-t border-line pt-3">
      <dt className="mb-1 font-strong">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function WrittenAddress({ address }: { address: PostalAddress }) {
  const tag = useLocaleTag();
  return (
    <address className="not-italic">
      {[address.name, ...addressLines(address), countryName(address.country, tag), address.phone ?? ""]
        .filter(Boolean)
        .map((line) => (
          <span key={line} className="block">
            {line}
          </span>
        ))}
    </address>
  );
}
