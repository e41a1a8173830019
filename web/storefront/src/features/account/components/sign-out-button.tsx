import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { problemText } from "@/lib/problem-text";
import { showToast } from "@/lib/toasts";
import { useSignOut } from "../api/sign-out";

export function SignOutButton() {
  const messages = useShopperMessages();
  const { account } = messages;
  const { mutate, isPending, isSuccess } = useSignOut();
  return (
    <button
      type="button"
      // The page is left once it worked; until then a second press has nothing to do.
      disabled={isPending || isSuccess}
      onClick={() => mutate(undefined, { onError: (error) => showToast(problemText(error, messages), { tone: "bad" }) })}
      className="flex min-h-11 items-center px-3 text-sm text-muted hover:text-ink"
    >
      {isPending || isSuccess ? account.signingOut : account.signOut}
    </button>
  );
}
