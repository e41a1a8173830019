/** The shapes of the HTTP contract around a purchase and its person, by the names the rest of the web code uses for them. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type PostalAddress = Schemas["AddressInput"];
/** The same shape without an id is what an order was sent to. */
export type SavedAddress = Schemas["Address"] & { id: string; is_default: boolean };
export type SavedAddressInput = Schemas["SavedAddressInput"];
export type AddressList = Omit<Schemas["AddressList"], "items"> & { items: SavedAddress[] };
export type Me = Schemas["Me"];
export type WantedLine = Schemas["LineInput"];
export type ShippingMethod = Schemas["ShippingMethod"];
export type QuoteRequest = Schemas["QuoteRequest"];
export type Quote = Schemas["Quote"];
export type PaymentMethod = Schemas["PaymentMethod"];
export type OrderRequest = Schemas["OrderRequest"];
export type OrderLine = Schemas["OrderLine"];

/** A shop may be newer than the page that is open: a state is any text, of which some are known. */
export type OrderHistoryEntry = Omit<Schemas["OrderEvent"], "state" | "note"> & { state: string; note?: string | null };
export type Shipment = Schemas["Shipment"];
export type Order = Omit<Schemas["Order"], "state" | "history" | "payment"> & {
  state: string;
  history: OrderHistoryEntry[];
  payment: { method: string; state: string };
};
export type OrderList = Omit<Schemas["OrderList"], "items"> & { items: Order[] };

/** A card is confirmed with its provider before there is an order. */
export interface CardCheckout {
  checkout_id: string;
  payment: { provider: string; client_secret: string };
  expires_at: string;
}
