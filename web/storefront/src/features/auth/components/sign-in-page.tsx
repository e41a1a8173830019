import { Link, useSearchParams } from "react-router";
import type { ShopperMessages } from "@xpressbuy/kit/messages/shopper-messages";
import { buttonLook } from "@xpressbuy/ui/button";
import { Notice } from "@xpressbuy/ui/notice";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { paths } from "@/config/paths";
import { localPath } from "@/lib/local-path";
import { useSession } from "@/lib/session";
import { AuthCard } from "./auth-card";
import { AuthLink } from "./auth-link";

function errorText(code: string | null, words: ShopperMessages["auth"]["signIn"]["errors"]): string | null {
  if (code === null) return null;
  return Object.hasOwn(words, code) ? words[code as keyof typeof words] : words.other;
}

export function SignInPage() {
  const { auth } = useShopperMessages();
  const words = auth.signIn;
  const [parameters] = useSearchParams();
  const session = useSession();
  const next = localPath(parameters.get("next"), paths.account());
  const problem = errorText(parameters.get("error"), words.errors);
  if (session?.customer) {
    return (
      <AuthCard title={auth.title} text={words.already(session.customer.email)}>
        <Link to={next} className={buttonLook("primary", "lg", "w-full")}>
          {next === paths.account() ? words.toAccount : words.goOn}
        </Link>
      </AuthCard>
    );
  }
  return (
    <AuthCard
      title={auth.title}
      text={words.text}
      footer={
        <>
          <p>
            {words.newHere} <AuthLink to={paths.signUp(next)}>{words.create}</AuthLink>
          </p>
          <p>
            <AuthLink to={paths.forgotPassword()} state={{ next }}>
              {words.forgot}
            </AuthLink>
          </p>
          <p className="pt-2">{words.guest}</p>
        </>
      }
    >
      {problem && (
        <Notice tone="warn" live className="mb-6">
          {problem}
        </Notice>
      )}
      {/* A plain link: the server answers it with the way to the identity provider. */}
      <a href={paths.login(next)} className={buttonLook("primary", "lg", "w-full")}>
        {words.button}
      </a>
      <p className="mt-3 text-sm text-muted">{words.buttonText}</p>
    </AuthCard>
  );
}
