/**
 * The calls around a purchase and its person in the shape that openapi-fetch understands; `paths` extends them.
 */
import type {
  AddressList,
  CardCheckout,
  Me,
  Order,
  OrderList,
  OrderRequest,
  Quote,
  QuoteRequest,
  SavedAddress,
  SavedAddressInput,
} from "./shopper-types";
import type { Problem } from "./types";

interface Json<T> { headers: Record<string, unknown>; content: { "application/json": T } }
interface Failure { headers: Record<string, unknown>; content: { "application/problem+json": Problem } }
interface Nothing { headers: Record<string, unknown>; content?: never }
interface Parameters<Path = never, Query = never, Header = never> {
  path?: Path;
  query?: Query;
  header?: Header;
  cookie?: never;
}
interface Sent<Body> { content: { "application/json": Body } }
interface Read<Answer, Path = never, Query = never> {
  parameters: Parameters<Path, Query>;
  responses: { 200: Json<Answer>; default: Failure };
}
interface Change<Answer, Body, Path = never> {
  parameters: Parameters<Path>;
  requestBody: Sent<Body>;
  responses: { 200: Json<Answer>; default: Failure };
}
interface Removal<Path> {
  parameters: Parameters<Path>;
  requestBody?: never;
  responses: { 204: Nothing; default: Failure };
}
/** Accepted without a word; what it says never depends on whether the address is known. */
interface Accepted<Body> {
  post: {
    parameters: Parameters;
    requestBody: Sent<Body>;
    responses: { 202: Nothing; 204: Nothing; default: Failure };
  };
}

export interface ShopperPaths {
  "/api/checkout/quote": { post: Change<Quote, QuoteRequest> };
  "/api/orders": {
    get: Read<OrderList, never, { limit?: number; cursor?: string }>;
    post: {
      parameters: { header: { "Idempotency-Key": string } };
      requestBody: Sent<OrderRequest>;
      responses: { 201: Json<Order>; 202: Json<CardCheckout>; default: Failure };
    };
  };
  "/api/orders/{order_id}": { get: Read<Order, { order_id: string }> };
  "/api/me": { get: Read<Me>; patch: Change<Me, { name: string }> };
  "/api/me/addresses": { get: Read<AddressList>; post: Change<SavedAddress, SavedAddressInput> };
  "/api/me/addresses/{address_id}": {
    put: Change<SavedAddress, SavedAddressInput, { address_id: string }>;
    delete: Removal<{ address_id: string }>;
  };
  "/api/auth/sign-up": Accepted<{ email: string; password: string; name: string }>;
  "/api/auth/confirm": Accepted<{ email: string; code: string }>;
  "/api/auth/resend": Accepted<{ email: string }>;
  "/api/auth/forgot-password": Accepted<{ email: string }>;
  "/api/auth/reset-password": Accepted<{ email: string; code: string; password: string }>;
  "/auth/logout": { post: { parameters: Parameters; requestBody?: never; responses: { 204: Nothing; default: Failure } } };
}
