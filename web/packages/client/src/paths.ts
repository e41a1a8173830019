/**
 * The calls of the HTTP contract in the shape that openapi-fetch understands. Stands in for the generated `schema.d.ts`.
 */
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
