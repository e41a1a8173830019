import { home } from "./en/home";
import { list } from "./en/list";
import { product } from "./en/product";
import { reviews } from "./en/reviews";
import { problems } from "./en/problems";
import { shell } from "./en/shell";

export const en = { shell, problems, home, list, product, reviews } as const;
