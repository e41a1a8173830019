import type { QueryClient } from "@tanstack/react-query";
import { createBrowserRouter, type RouteObject } from "react-router";
import { PageSkeleton } from "./shell/page-skeleton";
import { RootLayout } from "./shell/root-layout";
import { RouteError } from "./shell/route-error";

interface RouteModule {
  Component: React.ComponentType;
  /** Starts what the page will ask for while its code is still on the way. */
  prefetch?: (client: QueryClient, url: URL, parameters: Record<string, string | undefined>) => void;
}

const home = () => import("./routes/home");
const category = () => import("./routes/category");
const product = () => import("./routes/product");

/** The code of the pages that a visit most likely goes to next, so that going there waits for data at most. */
export function fetchUsualPages(): void {
  for (const load of [category, product]) load().catch(() => undefined);
}

/** Every page is a file of its own in routes/, fetched when it is needed. */
export function createRouter(client: QueryClient) {
  const page = (path: string, load: () => Promise<RouteModule>): RouteObject => ({
    path,
    HydrateFallback: PageSkeleton,
    lazy: async () => {
      const { Component, prefetch } = await load();
      return {
        Component,
        loader: ({ request, params }) => {
          prefetch?.(client, new URL(request.url), params);
          return null;
        },
      };
    },
  });

  return createBrowserRouter([
    {
      Component: RootLayout,
      ErrorBoundary: RouteError,
      children: [
        {
          ErrorBoundary: RouteError,
          children: [
            page("/", home),
            page("/c/:category", category),
            page("/p/:slug", product),
            page("/search", () => import("./routes/search")),
            page("/cart", () => import("./routes/cart")),
            page("/checkout", () => import("./routes/checkout")),
            page("/orders/:id", () => import("./routes/order")),
            page("/account", () => import("./routes/account/overview")),
            page("/account/orders", () => import("./routes/account/orders")),
            page("/account/orders/:id", () => import("./routes/account/order")),
            page("/account/addresses", () => import("./routes/account/addresses")),
            page("/account/profile", () => import("./routes/account/profile")),
            page("/sign-in", () => import("./routes/sign-in")),
            page("/sign-up", () => import("./routes/sign-up")),
            page("/confirm", () => import("./routes/confirm")),
            page("/forgot-password", () => import("./routes/forgot-password")),
            page("/reset-password", () => import("./routes/reset-password")),
            page("*", () => import("./routes/not-found")),
          ],
        },
      ],
    },
  ]);
}
