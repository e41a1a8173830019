/** The shapes of the HTTP contract by the names the rest of the web code uses for them; `schema.d.ts` is generated. */
import type { components, operations } from "./schema";

type Schemas = components["schemas"];

export type Money = Schemas["Money"];
export type ImageSource = Schemas["ImageSource"];
export type Image = Schemas["Image"];
export type Rating = Schemas["Rating"];
export type RatingSummary = Schemas["RatingSummary"];
export type Swatch = Schemas["Swatch"];
export type ProductCard = Schemas["ProductCard"];
export type ProductOption = Schemas["ProductOption"];
export type ProductOptionValue = Schemas["ProductOptionValue"];
export type Variant = Schemas["Variant"];
export type ProductDetail = Schemas["ProductDetail"];
export type ProductList = Schemas["ProductList"];
export type Category = Schemas["Category"];
export type CategoryList = Schemas["CategoryList"];
export type Review = Schemas["Review"];
export type ReviewList = Schemas["ReviewList"];
export type Home = Schemas["Home"];
export type Session = Schemas["Session"];
export type Totals = Schemas["Totals"];
export type CartMessage = Schemas["CartMessage"];
export type Facets = Schemas["Facets"];
export type ProductSort = NonNullable<NonNullable<operations["list_products_api_products_get"]["parameters"]["query"]>["sort"]>;

/** A shop may be newer than the page that is open: what is wrong with a line is any text, of which some are known. */
export type CartLine = Omit<Schemas["CartLine"], "problem"> & { problem?: string | null };
export type Cart = Omit<Schemas["Cart"], "lines"> & { lines: CartLine[] };

/** `amount` is the new price in minor units, where one changed. */
export type ProblemError = Schemas["ProblemError"] & { amount?: number | null };
export type Problem = Omit<Schemas["Problem"], "errors"> & { errors?: ProblemError[] | null };
