import { useEffect } from "react";
import { useLocation } from "react-router";
import { useMessages } from "@xpressbuy/ui/locale";

/** The title the server wrote for the page it served; it knows more about that page than we do. */
const served = document.getElementById("first-data") ? { path: location.pathname, title: document.title } : null;

/** Names the page after a move inside the app. `undefined` leaves the title until the name is known. */
export function usePageTitle(title: string | undefined): void {
  const { shell } = useMessages();
  const { pathname, search } = useLocation();
  useEffect(() => {
    if (title === undefined) return;
    const isServedPage = served?.path === pathname && search === location.search && served.title !== "";
    document.title = isServedPage ? served.title : title ? shell.titled(title) : shell.shopName;
  }, [title, pathname, search, shell]);
}
