import { useEffect, useRef, useState } from "react";
import { useLocation } from "react-router";

/**
 * After a move inside the app, does what the browser does after a page load: starts reading at the top of the new page
 * and says its title. The first page is left to the browser.
 */
export function PageArrival() {
  const { pathname } = useLocation();
  const lastPath = useRef(pathname);
  const [title, setTitle] = useState("");

  useEffect(() => {
    if (lastPath.current === pathname) return;
    lastPath.current = pathname;
    document.getElementById("main")?.focus({ preventScroll: true });
    // The page sets its title in an effect of its own, after this one.
    const timer = window.setTimeout(() => setTitle(document.title), 100);
    return () => window.clearTimeout(timer);
  }, [pathname]);

  return (
    <p aria-live="polite" className="sr-only">
      {title}
    </p>
  );
}
