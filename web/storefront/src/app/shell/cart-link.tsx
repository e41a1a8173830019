import { Link } from "react-router";
import { Icon } from "@xpressbuy/ui/icon";
import { useMessages } from "@xpressbuy/ui/locale";
import { paths } from "@/config/paths";
import { useCartCount } from "@/lib/cart";

export function CartLink() {
  const { shell } = useMessages();
  const count = useCartCount();
  return (
    <>
      <Link
        to={paths.cart()}
        className="relative -me-2 flex h-11 min-w-11 items-center justify-center gap-2 rounded-md px-2 text-sm hover:bg-surface"
      >
        <Icon name="bag" />
        <span className="sr-only">{count === undefined ? shell.cart : shell.cartWithCount(count)}</span>
        <span aria-hidden className="max-xl:hidden">
          {shell.cart}
        </span>
        {count !== undefined && count > 0 && (
          <span
            key={count}
            aria-hidden
            className={
              "tabular inline-flex h-5 min-w-5 animate-[rise_180ms_var(--ease-out)] items-center justify-center rounded-full " +
              "bg-accent px-1.5 text-xs font-strong text-accent-ink max-xl:absolute max-xl:top-0.5 max-xl:right-0"
            }
          >
            {count > 99 ? "99+" : count}
          </span>
        )}
      </Link>
      <span aria-live="polite" className="sr-only">
        {count === undefined ? "" : shell.cartCountAnnounced(count)}
      </span>
    </>
  );
}
