import { useState } from "react";
import { useForm } from "react-hook-form";
import { useLocation, useSearchParams } from "react-router";
import { ApiProblem } from "@xpressbuy/client/api-problem";
import { codeDigits, codeMistake, emailLengthMax, emailMistake } from "@xpressbuy/kit/person-rules";
import { Button } from "@xpressbuy/ui/button";
import { CodeField } from "@xpressbuy/ui/code-field";
import { TextField } from "@xpressbuy/ui/field";
import { Notice } from "@xpressbuy/ui/notice";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { resendWaitSeconds } from "@/config/limits";
import { paths } from "@/config/paths";
import { resolverOf } from "@/lib/form-resolver";
import { localPath } from "@/lib/local-path";
import { mistakeText } from "@/lib/mistake-text";
import { goToSignIn } from "@/lib/sign-in";
import { showToast } from "@/lib/toasts";
import { useConfirm, useResend } from "../api/enrol";
import { AuthCard } from "./auth-card";
import { AuthLink, hintIn } from "./auth-link";
import { enrolProblemText } from "./enrol-problem";
import { useCountdown } from "./use-countdown";

interface ConfirmFields {
  email: string;
  code: string;
}

const resolver = resolverOf<ConfirmFields>(({ email, code }) => ({
  email: emailMistake(email) ?? undefined,
  code: codeMistake(code) ?? undefined,
}));

export function ConfirmPage() {
  const { auth } = useShopperMessages();
  const words = auth.confirm;
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
          <AuthLink to={paths.signUp(next)}>{words.otherAddress}</AuthLink>
        </p>
      }
    >
      <ConfirmForm email={email} next={next} />
    </AuthCard>
  );
}

function ConfirmForm({ email: knownEmail, next }: { email: string; next: string }) {
  const messages = useShopperMessages();
  const { auth, forms } = messages;
  const { mutateAsync } = useConfirm();
  const [failure, setFailure] = useState<string | null>(null);
  const [done, setDone] = useState(false);
  const form = useForm<ConfirmFields>({
    defaultValues: { email: knownEmail, code: "" },
    resolver,
    mode: "onTouched",
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async ({ email, code }) => {
    setFailure(null);
    try {
      await mutateAsync({ email: email.trim(), code: codeDigits(code) });
      setDone(true);
      goToSignIn(next);
    } catch (error) {
      setFailure(enrolProblemText(error, messages, auth.confirm.wrong));
      if (error instanceof ApiProblem && error.status === 409) form.setFocus("code", { shouldSelect: true });
    }
  });
  if (done) {
    return (
      <Notice tone="good" live>
        {auth.confirm.done}
      </Notice>
    );
  }
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="space-y-5">
      {!knownEmail && (
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
      )}
      <CodeField
        {...form.register("code")}
        label={forms.code}
        hint={auth.confirm.codeHint}
        error={mistakeText(errors.code, messages)}
      />
      {failure && (
        <Notice tone="bad" live>
          {failure}
        </Notice>
      )}
      <Button type="submit" kind="primary" size="lg" className="w-full" busy={isSubmitting}>
        {auth.confirm.button}
      </Button>
      <ResendButton
        justSent={knownEmail !== ""}
        // Without an address there is nobody to send it to; the field then says so.
        emailToUse={async () => ((await form.trigger("email")) ? form.getValues("email").trim() : null)}
      />
    </form>
  );
}

interface ResendButtonProps {
  /** A code has gone out moments ago. */
  justSent: boolean;
  emailToUse: () => Promise<string | null>;
}

function ResendButton({ justSent, emailToUse }: ResendButtonProps) {
  const messages = useShopperMessages();
  const { auth } = messages;
  const { mutateAsync, isPending } = useResend();
  const [left, restart] = useCountdown(justSent ? resendWaitSeconds : 0);
  const resend = async () => {
    const email = await emailToUse();
    if (email === null) return;
    try {
      await mutateAsync(email);
      showToast(auth.confirm.resent(email));
      restart(resendWaitSeconds);
    } catch (error) {
      showToast(enrolProblemText(error, messages), { tone: "bad" });
      if (error instanceof ApiProblem && error.retryAfterSeconds) restart(error.retryAfterSeconds);
    }
  };
  return (
    <Button
      kind="quiet"
      className="tabular w-full"
      disabled={left > 0}
      busy={isPending}
      onClick={() => void resend()}
    >
      {left > 0 ? auth.confirm.resendIn(left) : auth.confirm.resend}
    </Button>
  );
}
