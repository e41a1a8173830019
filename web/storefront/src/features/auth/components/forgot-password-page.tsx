import { useState } from "react";
import { useForm } from "react-hook-form";
import { useLocation, useNavigate } from "react-router";
import { emailLengthMax, emailMistake } from "@xpressbuy/kit/person-rules";
import { Button } from "@xpressbuy/ui/button";
import { TextField } from "@xpressbuy/ui/field";
import { Notice } from "@xpressbuy/ui/notice";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { paths } from "@/config/paths";
import { resolverOf } from "@/lib/form-resolver";
import { localPath } from "@/lib/local-path";
import { mistakeText } from "@/lib/mistake-text";
import { useForgotPassword } from "../api/enrol";
import { AuthCard } from "./auth-card";
import { AuthLink, hintIn } from "./auth-link";
import { enrolProblemText } from "./enrol-problem";

interface ForgotFields {
  email: string;
}

export function ForgotPasswordPage() {
  const messages = useShopperMessages();
  const { auth, forms } = messages;
  const words = auth.forgot;
  const navigate = useNavigate();
  const hint = hintIn(useLocation().state);
  const { mutateAsync } = useForgotPassword();
  const [failure, setFailure] = useState<string | null>(null);
  const next = localPath(hint.next, paths.account());
  const form = useForm<ForgotFields>({
    defaultValues: { email: hint.email ?? "" },
    resolver: resolverOf<ForgotFields>(({ email }) => ({ email: emailMistake(email) ?? undefined })),
    mode: "onTouched",
  });
  const submit = form.handleSubmit(async ({ email }) => {
    setFailure(null);
    try {
      await mutateAsync(email.trim());
      await navigate(paths.resetPassword(), { state: { email: email.trim(), next } });
    } catch (error) {
      setFailure(enrolProblemText(error, messages));
    }
  });
  return (
    <AuthCard
      title={words.title}
      text={words.text}
      footer={
        <p>
          <AuthLink to={paths.signIn(next)}>{words.back}</AuthLink>
        </p>
      }
    >
      <form noValidate onSubmit={(event) => void submit(event)} className="space-y-5">
        <TextField
          {...form.register("email")}
          type="email"
          inputMode="email"
          autoComplete="email"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={emailLengthMax}
          label={forms.email}
          error={mistakeText(form.formState.errors.email, messages)}
        />
        {failure && (
          <Notice tone="bad" live>
            {failure}
          </Notice>
        )}
        <Button type="submit" kind="primary" size="lg" className="w-full" busy={form.formState.isSubmitting}>
          {words.button}
        </Button>
      </form>
    </AuthCard>
  );
}
