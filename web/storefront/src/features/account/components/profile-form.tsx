import { useForm } from "react-hook-form";
import { Link } from "react-router";
import { nameLengthMax, nameMistake } from "@xpressbuy/kit/person-rules";
import { Button, buttonLook } from "@xpressbuy/ui/button";
import { TextField } from "@xpressbuy/ui/field";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { paths } from "@/config/paths";
import { resolverOf } from "@/lib/form-resolver";
import { mistakeText } from "@/lib/mistake-text";
import { problemText } from "@/lib/problem-text";
import { showToast } from "@/lib/toasts";
import { useChangeName } from "../api/change-profile";
import type { Customer } from "./account-frame";

interface ProfileFields {
  name: string;
}

export function ProfileForm({ customer }: { customer: Customer }) {
  const messages = useShopperMessages();
  const { account, forms } = messages;
  const words = account.profilePage;
  const { mutateAsync } = useChangeName();
  const form = useForm<ProfileFields>({
    defaultValues: { name: customer.name },
    resolver: resolverOf<ProfileFields>(({ name }) => ({ name: nameMistake(name) ?? undefined })),
    mode: "onTouched",
  });
  const submit = form.handleSubmit(async ({ name }) => {
    try {
      await mutateAsync(name.trim());
      form.reset({ name: name.trim() });
      showToast(words.saved);
    } catch (error) {
      showToast(problemText(error, messages), { tone: "bad" });
    }
  });
  return (
    <div className="max-w-lg">
      <h1 className="display mb-8 text-3xl">{words.title}</h1>
      <form noValidate onSubmit={(event) => void submit(event)} className="space-y-5">
        <TextField
          {...form.register("name")}
          autoComplete="name"
          maxLength={nameLengthMax}
          label={forms.name}
          error={mistakeText(form.formState.errors.name, messages)}
        />
        <div>
          <p className="text-sm font-strong">{words.email}</p>
          <p className="mt-1">{customer.email}</p>
          <p className="mt-1 text-sm text-muted">{words.emailText}</p>
        </div>
        <Button type="submit" kind="primary" busy={form.formState.isSubmitting}>
          {words.save}
        </Button>
      </form>
      <section className="mt-10 border-t border-line pt-6">
        <h2 className="display text-xl">{words.password}</h2>
        <p className="mt-1 mb-4 text-sm text-muted">{words.passwordText}</p>
        <Link to={paths.forgotPassword()} state={{ email: customer.email }} className={buttonLook("secondary")}>
          {words.passwordLink}
        </Link>
      </section>
    </div>
  );
}
