import { Link, useLocation } from "react-router";
import type { UseFormReturn } from "react-hook-form";
import type { Session } from "@xpressbuy/client/types";
import { emailLengthMax, phoneLengthMax } from "@xpressbuy/kit/person-rules";
import { TextField } from "@xpressbuy/ui/field";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { paths } from "@/config/paths";
import { mistakeText } from "@/lib/mistake-text";
import type { CheckoutForm } from "./checkout-form";
import { CheckoutSection } from "./checkout-section";

interface ContactSectionProps {
  form: UseFormReturn<CheckoutForm>;
  session: Session;
}

export function ContactSection({ form, session }: ContactSectionProps) {
  const messages = useShopperMessages();
  const { checkout, forms } = messages;
  const { errors } = form.formState;
  const { pathname, search } = useLocation();
  return (
    <CheckoutSection title={checkout.contact}>
      {!session.signed_in && (
        <p className="-mt-3 mb-5 text-sm text-muted">
          {checkout.haveAccount}{" "}
          <Link to={paths.signIn(`${pathname}${search}`)} className="text-ink underline underline-offset-4">
            {checkout.signIn}
          </Link>{" "}
          {checkout.signInBenefit}
        </p>
      )}
      <div className="space-y-5">
        <TextField
          {...form.register("email")}
          type="email"
          inputMode="email"
          autoComplete="email"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={emailLengthMax}
          label={forms.email}
          hint={checkout.emailWhy}
          error={mistakeText(errors.email, messages)}
        />
        <TextField
          {...form.register("phone")}
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          maxLength={phoneLengthMax}
          label={forms.phone}
          mark={forms.optional}
          hint={forms.phoneWhy}
          error={mistakeText(errors.phone, messages)}
        />
      </div>
    </CheckoutSection>
  );
}
