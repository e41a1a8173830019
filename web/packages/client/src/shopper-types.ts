/** The shapes of the HTTP contract around a purchase and its person, by the names the rest of the web code uses for them. */
import type { CartLine, Image, Money, Totals } from "./types";

export interface PostalAddress {
  name: string;
  line1: string;
  line2?: string | null;
  city: string;
  region?: string | null;
  postal_code?: string | null;
  country: string;
  phone?: string | null;
}

export interface SavedAddress extends PostalAddress {
  id: string;
  is_default: boolean;
}

export interface SavedAddressInput extends PostalAddress {
  is_default?: boolean;
}

export interface AddressList {
  items: SavedAddress[];
}

export interface Me {
  id: string;
  email: string;
  name: string;
}

export interface WantedLine {
  sku: string;
  quantity: number;
}

export interface ShippingMethod {
  id: string;
  name: string;
  price: Money;
  delivery_from: string;
  delivery_to: string;
}

/** All that is known of where it goes; a country is enough to say what it costs and when it comes. */
export interface QuoteRequest {
  shipping_address: Partial<PostalAddress> & { country: string };
  shipping_method?: string;
  lines?: WantedLine[];
}

export interface Quote {
  shipping_methods: ShippingMethod[];
  /** The one that the totals count, null where the shop does not deliver. */
  shipping_method: string | null;
  totals: Totals;
  cart_version: number | null;
  lines: CartLine[];
}

export type PaymentMethod = "cod" | "card";

export interface OrderRequest {
  contact: { email: string; name: string; phone?: string };
  shipping_address?: PostalAddress;
  address_id?: string;
  billing_address?: PostalAddress;
  shipping_method: string;
  payment: { method: PaymentMethod };
  cart_version?: number;
  lines?: WantedLine[];
  expected_total: Money;
}

export interface OrderLine {
  sku: string;
  slug: string;
  name: string;
  options: Record<string, string>;
  image: Image;
  quantity: number;
  unit_price: Money;
  line_total: Money;
}

export interface OrderHistoryEntry {
  at: string;
  state: string;
  note?: string | null;
}

export interface Shipment {
  id: string;
  shipped_at: string;
  tracking_url?: string | null;
}

export interface Order {
  id: string;
  number: string;
  state: string;
  placed_at: string;
  lines: OrderLine[];
  totals: Totals;
  contact: { email: string; name: string; phone?: string | null };
  shipping_address: PostalAddress;
  billing_address?: PostalAddress | null;
  shipping_method: ShippingMethod;
  shipments: Shipment[];
  payment: { method: string; state: string };
  history: OrderHistoryEntry[];
  can: { cancel: boolean; return: boolean; review: boolean };
}

export interface OrderList {
  items: Order[];
  next_cursor: string | null;
}

/** A card is confirmed with its provider before there is an order. */
export interface CardCheckout {
  checkout_id: string;
  payment: { provider: string; client_secret: string };
  expires_at: string;
}
