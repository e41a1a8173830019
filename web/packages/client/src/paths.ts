/**
 * The calls that the web code makes, in the shape that openapi-fetch understands and with the names of types.ts. What an answer may
 * say beyond the schema is widened there; that every address exists is held against the generated `schema.d.ts` below.
 */
import type { paths as ServedPaths } from "./schema";
import type { ShopperPaths } from "./shopper-paths";
import type { Cart, CategoryList, Home, Problem, ProductDetail, ProductList, ReviewList, Session } from "./types";

interface Json<T> { headers: Record<string, unknown>; content: { "application/json": T } }
interface Failure { headers: Record<string, unknown>; content: { "application/problem+json": Problem } }
interface Parameters<Path, Query> { path?: Path; query?: Query; header?: never; cookie?: never }
interface Get<Answer, Path = never, Query = never> {
  parameters: Parameters<Path, Query>;
  get: { parameters: Parameters<Path, Query>; responses: { 200: Json<Answer>; default: Failure } };
}
interface Call<Answer, Body, Path> {
  parameters: Parameters<Path, never>;
  requestBody: { content: { "application/json": Body } };
  responses: { 200: Json<Answer>; default: Failure };
}

export interface paths extends ShopperPaths {
  "/api/home": Get<Home>;
  "/api/categories": Get<CategoryList>;
  "/api/products": Get<ProductList>;
  "/api/products/{slug}": Get<ProductDetail, { slug: string }>;
  "/api/products/{slug}/reviews": Get<ReviewList, { slug: string }>;
  "/api/session": Get<Session>;
  "/api/cart": Get<Cart>;
  "/api/cart/lines/{sku}": {
    parameters: Parameters<{ sku: string }, never>;
    put: Call<Cart, { quantity: number }, { sku: string }>;
  };
}

type Served<P extends keyof ServedPaths> = P;

/** Does not compile when a call goes to an address that the server does not have. */
export type CalledPath = Served<keyof paths>;
