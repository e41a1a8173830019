/** Every address of the shop, so that none is put together by hand elsewhere. */

const segment = encodeURIComponent;

function withQuery(path: string, query: Record<string, string | number | undefined>): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  if (pairs.length === 0) return path;
  return `${path}?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString()}`;
}

export const paths = {
  home: () => "/",
  category: (slug: string, query: { sort?: string } = {}) => withQuery(`/c/${segment(slug)}`, query),
  /** The list of everything; "all" is no category of the API. */
  everything: (query: { sort?: string } = {}) => withQuery("/c/all", query),
  product: (slug: string) => `/p/${segment(slug)}`,
  search: (words = "") => withQuery("/search", { q: words }),
  cart: () => "/cart",
  checkout: () => "/checkout",
  /** Checkout of one variant alone, past the cart. */
  buyNow: (sku: string, quantity: number) => withQuery("/checkout", { sku, quantity }),
  order: (id: string) => `/orders/${segment(id)}`,
  account: () => "/account",
  accountOrders: () => "/account/orders",
  accountOrder: (id: string) => `/account/orders/${segment(id)}`,
  accountAddresses: () => "/account/addresses",
  accountProfile: () => "/account/profile",
  signIn: (next?: string) => withQuery("/sign-in", { next }),
  signUp: (next?: string) => withQuery("/sign-up", { next }),
  confirm: (email?: string) => withQuery("/confirm", { email }),
  forgotPassword: () => "/forgot-password",
  resetPassword: (email?: string) => withQuery("/reset-password", { email }),
  /** Answered by the server, not by a page of ours: use a plain link or `location.assign`. */
  login: (next: string) => withQuery("/auth/login", { next }),
  /** Ends the sign-in at the identity provider too and comes back to the home page. */
  signedOut: () => "/auth/signed-out",
} as const;

export const everythingSlug = "all";
