import { useState } from "react";
import { useForm } from "react-hook-form";
import { useLocation, useNavigate, useSearchParams } from "react-router";
import { ApiProblem } from "@xpressbuy/client/api-problem";
import {
  codeDigits,
  codeMistake,
  emailLengthMax,
  emailMistake,
  passwordLengthMax,
  passwordMistake,
} from "@xpressbuy/kit/person-rules";
import { Button } from "@xpressbuy/ui/button";
import { CodeField } from "@xpressbuy/ui/code-field";
import { PasswordField, TextField } from "@xpressbuy/ui/field";
import { Notice } from "@xpressbuy/ui/notice";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { paths } from "@/config/paths";
import { resolverOf } from "@/lib/form-resolver";
import { localPath } from "@/lib/local-path";
import { mistakeText } from "@/lib/mistake-text";
import { showToast } from "@/lib/toasts";
import { useResetPassword } from "../api/enrol";
import { AuthCard } from "./auth-card";
import { AuthLink, hintIn } from "./auth-link";
import { enrolProblemText } from "./enrol-problem";

interface ResetFields {
  email: string;
  code: string;
  password: string;
}

const resolver = resolverOf<ResetFields>(({ email, code, password }) => ({
  email: emailMistake(email) ?? undefined,
  code: codeMistake(code) ?? undefined,
  password: passwordMistake(password) ?? undefined,
}));

export function ResetPasswordPage() {
  const { auth } = useShopperMessages();
  const words = auth.reset;
  const [parameters] = useSearchParams();
  const hint = hintIn(useLocation().state);
  const email = hint.email ?? parameters.get("email") ?? "";
  const next = localPath(hint.next, paths.account());
  return (
    <AuthCard
      title={words.title}
      text={email ? words.sentTo(email) : words.sent}
      footer={
        <p>
          <AuthLink to={paths.forgotPassword()} state={{ email, next }}>
            {words.again}
          </AuthLink>
        </p>
      }
    >
      <ResetForm email={email} next={next} />
    </AuthCard>
  );
}

function ResetForm({ email: knownEmail, next }: { email: string; next: string }) {
  const messages = useShopperMessages();
  const { auth, forms } = messages;
  const navigate = useNavigate();
  const { mutateAsync } = useResetPassword();
  const [failure, setFailure] = useState<string | null>(null);
  const form = useForm<ResetFields>({
    defaultValues: { email: knownEmail, code: "", password: "" },
    resolver,
    mode: "onTouched",
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async ({ email, code, password }) => {
    setFailure(null);
    try {
      await mutateAsync({ email: email.trim(), code: codeDigits(code), password });
      showToast(auth.reset.done);
      await navigate(paths.signIn(next), { replace: true });
    } catch (error) {
      setFailure(enrolProblemText(error, messages, auth.reset.wrong));
      if (error instanceof ApiProblem && error.status === 409) form.setFocus("code", { shouldSelect: true });
    }
  });
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="space-y-5">
      {/* Always there, so that the browser saves the password with its address; a known one is only not shown. */}
      <div className={knownEmail ? "hidden" : undefined}>
        <TextField
          {...form.register("email")}
          type="email"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={emailLengthMax}
          label={forms.email}
          error={mistakeText(errors.email, messages)}
        />
      </div>
      <CodeField
        {...form.register("code")}
        label={forms.code}
        hint={auth.confirm.codeHint}
        error={mistakeText(errors.code, messages)}
      />
      <PasswordField
        {...form.register("password")}
        autoComplete="new-password"
        maxLength={passwordLengthMax}
        label={forms.newPassword}
        hint={forms.passwordHint}
        showLabel={forms.showPassword}
        hideLabel={forms.hidePassword}
        error={mistakeText(errors.password, messages)}
      />
      {failure && (
        <Notice tone="bad" live>
          {failure}
        </Notice>
      )}
      <Button type="submit" kind="primary" size="lg" className="w-full" busy={isSubmitting}>
        {auth.reset.button}
      </Button>
    </form>
  );
}
