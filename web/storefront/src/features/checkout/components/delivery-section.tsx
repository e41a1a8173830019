import type { UseQueryResult } from "@tanstack/react-query";
import type { ApiProblem } from "@xpressbuy/client/api-problem";
import type { Quote, ShippingMethod } from "@xpressbuy/client/shopper-types";
import { countryName } from "@xpressbuy/kit/countries";
import { formatDayRange } from "@xpressbuy/kit/dates";
import { RadioCard } from "@xpressbuy/ui/choice";
import { useLocaleTag, useMoneyText } from "@xpressbuy/ui/locale";
import { Notice } from "@xpressbuy/ui/notice";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { Skeleton } from "@xpressbuy/ui/skeleton";
import { Trouble } from "@xpressbuy/ui/trouble";
import { CheckoutSection } from "./checkout-section";

interface DeliverySectionProps {
  country: string;
  quote: UseQueryResult<Quote, ApiProblem>;
  chosen: string | null;
  onChoose: (method: string) => void;
}

export function DeliverySection(props: DeliverySectionProps) {
  const { checkout } = useShopperMessages();
  return (
    <CheckoutSection title={checkout.method}>
      <DeliveryChoices {...props} />
    </CheckoutSection>
  );
}

function DeliveryChoices({ country, quote, chosen, onChoose }: DeliverySectionProps) {
  const { checkout, shell } = useShopperMessages();
  const tag = useLocaleTag();
  if (country === "") return <p className="text-sm text-muted">{checkout.methodsFirst}</p>;
  if (quote.isError && !quote.data) {
    return <Trouble text={checkout.methodsFailed} onRetry={() => void quote.refetch()} busy={quote.isFetching} />;
  }
  if (!quote.data) {
    return (
      <div aria-busy="true" className="space-y-3">
        <span className="sr-only">{shell.loading}</span>
        <Skeleton className="h-19 rounded-md" />
        <Skeleton className="h-19 rounded-md" />
      </div>
    );
  }
  if (quote.data.shipping_methods.length === 0) {
    return (
      <Notice tone="warn" live>
        {checkout.methodsNone(countryName(country, tag))}
      </Notice>
    );
  }
  return (
    <fieldset className="space-y-3">
      <legend className="sr-only">{checkout.method}</legend>
      {quote.data.shipping_methods.map((method) => (
        <MethodCard key={method.id} method={method} checked={chosen === method.id} onChoose={() => onChoose(method.id)} />
      ))}
    </fieldset>
  );
}

interface MethodCardProps {
  method: ShippingMethod;
  checked: boolean;
  onChoose: () => void;
}

function MethodCard({ method, checked, onChoose }: MethodCardProps) {
  const { checkout } = useShopperMessages();
  const tag = useLocaleTag();
  const money = useMoneyText();
  return (
    <RadioCard
      name="method"
      value={method.id}
      checked={checked}
      onChange={onChoose}
      heading={method.name}
      text={checkout.arrives(formatDayRange(method.delivery_from, method.delivery_to, tag))}
      aside={method.price.amount > 0 ? money(method.price) : checkout.free}
    />
  );
}
