/** The shapes of the HTTP contract, by the names that the rest of the web code uses for them. */

export interface Money {
  amount: number;
  currency: string;
}

export interface ImageSource {
  type: string;
  srcset: string;
}

export interface Image {
  src: string;
  srcset: string;
  sources: ImageSource[];
  width: number;
  height: number;
  alt: string;
  placeholder: string;
}

export interface Rating {
  average: number;
  count: number;
}

export interface Swatch {
  name: string;
  value: string;
  hex?: string | null;
}

export interface ProductCard {
  id: string;
  slug: string;
  name: string;
  brand: string;
  price: Money;
  compare_at_price?: Money | null;
  price_varies: boolean;
  rating: Rating;
  image: Image;
  hover_image?: Image | null;
  swatches: Swatch[];
  in_stock: boolean;
}

export interface ProductOptionValue {
  value: string;
  hex?: string | null;
}

export interface ProductOption {
  name: string;
  values: ProductOptionValue[];
}

export interface Variant {
  sku: string;
  options: Record<string, string>;
  price: Money;
  compare_at_price?: Money | null;
  available: number;
  in_stock: boolean;
  images: Image[];
}

export interface RatingSummary extends Rating {
  histogram: Record<string, number>;
}

export interface ProductDetail {
  id: string;
  slug: string;
  name: string;
  brand: string;
  description: string;
  details: string[];
  categories: string[];
  options: ProductOption[];
  variants: Variant[];
  images: Image[];
  rating: RatingSummary;
  related: ProductCard[];
}

export interface Category {
  slug: string;
  name: string;
  parent: string | null;
  product_count: number;
  description?: string | null;
  image?: Image | null;
}

export interface CategoryList {
  items: Category[];
}

export type ProductSort = "relevance" | "newest" | "price_asc" | "price_desc" | "rating" | "best_selling";

export interface FacetValue {
  value: string;
  count: number;
}

export interface ProductList {
  items: ProductCard[];
  next_cursor: string | null;
  total: number;
}

export interface Review {
  id: string;
  rating: number;
  title: string;
  body: string;
  author: string;
  verified_purchase: boolean;
  created_at: string;
}

export interface ReviewList {
  items: Review[];
  next_cursor: string | null;
}

export interface Home {
  edit: { title: string; text: string; products: ProductCard[] };
  categories: Category[];
  newest: ProductCard[];
  best_selling: ProductCard[];
}

export interface Session {
  signed_in: boolean;
  customer: { id: string; email: string; name: string } | null;
  roles: string[];
  cart_count: number;
}

export interface Totals {
  subtotal: Money;
  discount: Money;
  shipping?: Money | null;
  tax?: Money | null;
  total: Money;
}

export interface CartLine {
  sku: string;
  slug: string;
  name: string;
  options: Record<string, string>;
  image: Image;
  quantity: number;
  unit_price: Money;
  line_total: Money;
  /** Null where nobody had to look. */
  available: number | null;
  problem?: string | null;
}

/** What stands against a line, said in a sentence by the server. */
export interface CartMessage {
  code: string;
  sku: string;
  text: string;
}

export interface Cart {
  id: string;
  version: number;
  lines: CartLine[];
  coupon?: string | null;
  totals: Totals;
  /** The cheapest delivery at home; not in the totals. */
  shipping_estimate?: Money | null;
  messages: CartMessage[];
}

export interface ProblemError {
  pointer: string;
  code: string;
  detail: string;
  available?: number | null;
  /** The new price, in minor units, where one changed. */
  amount?: number | null;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail?: string | null;
  errors?: ProblemError[] | null;
}
