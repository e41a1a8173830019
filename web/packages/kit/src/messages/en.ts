import { account } from "./en/account";
import { auth } from "./en/auth";
import { cart } from "./en/cart";
import { checkout } from "./en/checkout";
import { forms } from "./en/forms";
import { home } from "./en/home";
import { list } from "./en/list";
import { orders } from "./en/orders";
import { product } from "./en/product";
import { reviews } from "./en/reviews";
import { problems } from "./en/problems";
import { shell } from "./en/shell";

export const en = { shell, problems, forms, home, list, product, reviews, cart, checkout, orders, account, auth } as const;
