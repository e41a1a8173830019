import { account } from "./en/account";
import { auth } from "./en/auth";
import { cart } from "./en/cart";
import { checkout } from "./en/checkout";
import { forms } from "./en/forms";
import { orders } from "./en/orders";

/** What is said from the cart on. Most visits end before it, so it is not part of what every page brings along. */
export const enShopper = { forms, cart, checkout, orders, account, auth } as const;
