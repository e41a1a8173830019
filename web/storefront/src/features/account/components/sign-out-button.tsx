import { Button } from "@xpressbuy/ui/button";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { problemText } from "@/lib/problem-text";
import { showToast } from "@/lib/toasts";
import { useSignOut } from "../api/sign-out";

export function SignOutButton() {
  const messages = useShopperMessages();
  const { account } = messages;
  const { mutate, isPending, isSuccess } = useSignOut();
  return (
    <Button
      kind="quiet"
      className="w-full justify-start px-3 text-muted"
      // The page is left once it worked; until then a second press has nothing to do.
      busy={isPending || isSuccess}
      onClick={() => mutate(undefined, { onError: (error) => showToast(problemText(error, messages), { tone: "bad" }) })}
    >
      {isPending || isSuccess ? account.signingOut : account.signOut}
    </Button>
  );
}
