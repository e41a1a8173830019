import { useState } from "react";
import { useForm } from "react-hook-form";
import { useLocation, useNavigate, useSearchParams } from "react-router";
import { ApiProblem } from "@xpressbuy/client/api-problem";
import {
  emailLengthMax,
  emailMistake,
  nameLengthMax,
  nameMistake,
  passwordLengthMax,
  passwordMistake,
} from "@xpressbuy/kit/person-rules";
import { Button } from "@xpressbuy/ui/button";
import { PasswordField, TextField } from "@xpressbuy/ui/field";
import { Notice } from "@xpressbuy/ui/notice";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { paths } from "@/config/paths";
import { resolverOf } from "@/lib/form-resolver";
import { localPath } from "@/lib/local-path";
import { mistakeText } from "@/lib/mistake-text";
import { useSignUp } from "../api/enrol";
import { AuthCard } from "./auth-card";
import { AuthLink, hintIn } from "./auth-link";
import { enrolProblemText } from "./enrol-problem";

interface SignUpFields {
  name: string;
  email: string;
  password: string;
}

const resolver = resolverOf<SignUpFields>(({ name, email, password }) => ({
  name: nameMistake(name) ?? undefined,
  email: emailMistake(email) ?? undefined,
  password: passwordMistake(password) ?? undefined,
}));

export function SignUpPage() {
  const { auth } = useShopperMessages();
  const words = auth.signUp;
  const [parameters] = useSearchParams();
  const next = localPath(parameters.get("next"), paths.account());
  return (
    <AuthCard
      title={words.title}
      text={words.text}
      footer={
        <p>
          {words.have} <AuthLink to={paths.signIn(next)}>{words.signIn}</AuthLink>
        </p>
      }
    >
      <SignUpForm next={next} />
    </AuthCard>
  );
}

function SignUpForm({ next }: { next: string }) {
  const messages = useShopperMessages();
  const { auth, forms } = messages;
  const navigate = useNavigate();
  const hint = hintIn(useLocation().state);
  const { mutateAsync } = useSignUp();
  const [failure, setFailure] = useState<string | null>(null);
  const form = useForm<SignUpFields>({
    defaultValues: { name: hint.name ?? "", email: hint.email ?? "", password: "" },
    resolver,
    mode: "onTouched",
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async ({ name, email, password }) => {
    setFailure(null);
    try {
      await mutateAsync({ name: name.trim(), email: email.trim(), password });
      await navigate(paths.confirm(), { state: { email: email.trim(), next } });
    } catch (error) {
      setFailure(enrolProblemText(error, messages));
      if (error instanceof ApiProblem && error.code === "weak_password") form.setFocus("password");
    }
  });
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="space-y-5">
      <TextField
        {...form.register("name")}
        autoComplete="name"
        maxLength={nameLengthMax}
        label={forms.name}
        error={mistakeText(errors.name, messages)}
      />
      <TextField
        {...form.register("email")}
        type="email"
        inputMode="email"
        autoComplete="email"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={emailLengthMax}
        label={forms.email}
        error={mistakeText(errors.email, messages)}
      />
      <PasswordField
        {...form.register("password")}
        autoComplete="new-password"
        maxLength={passwordLengthMax}
        label={forms.password}
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
        {auth.signUp.button}
      </Button>
    </form>
  );
}
