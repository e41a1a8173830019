import { paths } from "@/config/paths";

/** Leaves for the identity provider and comes back to where the shopper is now, or to the local address given. */
export function goToSignIn(next = `${location.pathname}${location.search}`): void {
  location.assign(paths.login(next));
}
