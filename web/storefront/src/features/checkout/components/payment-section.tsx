import type { UseFormReturn } from "react-hook-form";
import type { PaymentMethod } from "@xpressbuy/client/shopper-types";
import type { ShopperMessages } from "@xpressbuy/kit/messages/shopper-messages";
import { RadioCard } from "@xpressbuy/ui/choice";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import type { CheckoutForm } from "./checkout-form";
import { CheckoutSection } from "./checkout-section";

interface PaymentChoice {
  method: PaymentMethod;
  heading: string;
  text: string;
}

/** Every way to pay is one entry; what a way needs beyond being chosen stands under the cards. */
function paymentChoices({ checkout }: ShopperMessages): PaymentChoice[] {
  return [{ method: "cod", heading: checkout.cod, text: checkout.codText }];
}

export function PaymentSection({ form }: { form: UseFormReturn<CheckoutForm> }) {
  const messages = useShopperMessages();
  return (
    <CheckoutSection title={messages.checkout.payment}>
      <fieldset className="space-y-3">
        <legend className="sr-only">{messages.checkout.payment}</legend>
        {paymentChoices(messages).map(({ method, heading, text }) => (
          <RadioCard key={method} {...form.register("payment")} value={method} heading={heading} text={text} />
        ))}
      </fieldset>
    </CheckoutSection>
  );
}
