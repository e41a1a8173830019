import { lazy, Suspense, useState } from "react";
import { Link, NavLink } from "react-router";
import { IconButton } from "@xpressbuy/ui/button";
import { cx } from "@xpressbuy/ui/class-names";
import { Icon } from "@xpressbuy/ui/icon";
import { useMessages } from "@xpressbuy/ui/locale";
import { Wordmark } from "@xpressbuy/ui/mark";
import { paths } from "@/config/paths";
import { topCategories, useCategories } from "@/lib/categories";
import { useSession } from "@/lib/session";
import { CartLink } from "./cart-link";
import { SearchBox } from "./search-box";

const inlineCategoriesMax = 6;

// The drawer brings a focus trap and a portal; the first screen does without.
const MenuDrawer = lazy(() => import("./menu-drawer").then((module) => ({ default: module.MenuDrawer })));

export function Header() {
  const { shell } = useMessages();
  const [menuOpen, setMenuOpen] = useState(false);
  return (
    <>
      <header className="sticky top-0 z-30 border-b border-line bg-paper max-md:border-transparent">
        <div className="page flex h-16 items-center gap-1 lg:gap-6">
          <IconButton
            label={shell.openMenu}
            aria-expanded={menuOpen}
            className="-ms-3 lg:hidden"
            onClick={() => setMenuOpen(true)}
          >
            <Icon name="menu" />
          </IconButton>
          <Link to={paths.home()} className="flex h-11 shrink-0 items-center" aria-label={shell.homeLink}>
            <Wordmark className="h-[1.625rem] w-auto lg:h-7" />
          </Link>
          <CategoryLinks />
          <div className="ms-auto hidden min-w-52 flex-1 md:block md:max-w-80 xl:min-w-68">
            <SearchBox />
          </div>
          <div className="ms-auto flex items-center md:ms-0">
            <AccountLink />
            <CartLink />
          </div>
        </div>
      </header>
      <div className="page border-b border-line pb-3 md:hidden">
        <SearchBox />
      </div>
      {menuOpen && (
        <Suspense>
          <MenuDrawer open onOpenChange={setMenuOpen} />
        </Suspense>
      )}
    </>
  );
}

function CategoryLinks() {
  const { shell } = useMessages();
  const categories = topCategories(useCategories());
  return (
    <nav aria-label={shell.mainNavigation} className="hidden min-w-0 flex-auto lg:block">
      <ul className="flex h-16 gap-1 overflow-hidden">
        {categories.slice(0, inlineCategoriesMax).map((category) => (
          <li key={category.slug}>
            <NavLink
              to={paths.category(category.slug)}
              className={({ isActive }) =>
                cx(
                  "flex h-16 items-center border-b-2 px-2 text-sm whitespace-nowrap transition-colors duration-150 -outline-offset-4",
                  isActive ? "border-accent" : "border-transparent hover:border-control",
                )
              }
            >
              {category.name}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function AccountLink() {
  const { shell } = useMessages();
  const session = useSession();
  const signedIn = session?.signed_in ?? false;
  return (
    <Link
      to={signedIn ? paths.account() : paths.signIn()}
      className="flex h-11 min-w-11 items-center justify-center gap-2 rounded-md px-2 text-sm hover:bg-surface"
    >
      <Icon name="person" />
      <span className="max-xl:sr-only">{signedIn ? shell.account : shell.signIn}</span>
    </Link>
  );
}
