import { lazy, Suspense } from "react";
import { type Location, Outlet, ScrollRestoration } from "react-router";
import { useMessages } from "@xpressbuy/ui/locale";
import { ToastRegion } from "@xpressbuy/ui/toast";
import { useCartDrawerOpen } from "@/lib/cart-drawer";
import { dismissToast, useToasts } from "@/lib/toasts";
import { Footer } from "./footer";
import { Header } from "./header";
import { PageArrival } from "./page-arrival";

// Nobody needs the drawer before the first thing is in the cart.
const CartDrawer = lazy(() =>
  import("@/features/cart/components/cart-drawer").then(({ CartDrawer: component }) => ({ default: component })),
);

/** Every first page of a visit has the key "default"; by its address, it does not inherit another page's place. */
function scrollKey(location: Location): string {
  return location.key === "default" ? location.pathname : location.key;
}

export function RootLayout() {
  const { shell } = useMessages();
  const toasts = useToasts();
  const drawerOpen = useCartDrawerOpen();
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="fixed top-2 left-2 z-60 -translate-y-20 rounded-md bg-ink px-4 py-3 text-paper focus:translate-y-0"
      >
        {shell.skipToContent}
      </a>
      <Header />
      <main id="main" tabIndex={-1} className="min-h-[90vh] flex-1 outline-none">
        <Outlet />
      </main>
      <Footer />
      <PageArrival />
      <ToastRegion toasts={toasts} onDismiss={dismissToast} />
      {drawerOpen && (
        <Suspense>
          <CartDrawer />
        </Suspense>
      )}
      <ScrollRestoration getKey={scrollKey} />
    </div>
  );
}
