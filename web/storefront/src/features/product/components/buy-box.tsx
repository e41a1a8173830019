import { useRef, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import type { ProductDetail } from "@xpressbuy/client/types";
import { Button } from "@xpressbuy/ui/button";
import { useMessages } from "@xpressbuy/ui/locale";
import { Price } from "@xpressbuy/ui/price";
import { QuantityStepper } from "@xpressbuy/ui/quantity-stepper";
import { quantityMax } from "@/config/limits";
import { paths } from "@/config/paths";
import { cartQuery } from "@/lib/cart";
import { quantityOf } from "@/lib/cart-lines";
import { missingOptions, priceOf, valueState } from "../model/option-choice";
import { OptionPicker } from "./option-picker";
import { PurchasePromises } from "./purchase-promises";
import { StockLine } from "./stock-line";
import { useAddToCart } from "./use-add-to-cart";
import type { useOptionChoice } from "./use-option-choice";

interface BuyBoxProps {
  product: ProductDetail;
  options: ReturnType<typeof useOptionChoice>;
}

/** Everything between looking and having: options, price, stock, the two buttons, and what delivery and returns are. */
export function BuyBox({ product, options: { choice, cleared, variant, onChoose } }: BuyBoxProps) {
  const messages = useMessages();
  const price = priceOf(product, choice) ?? priceOf(product, {});
  const cart = useQuery({ ...cartQuery, enabled: false }).data;
  const inCart = variant ? quantityOf(cart, variant.sku) : 0;
  const anyInStock = product.variants.some((one) => one.in_stock);
  const [asked, setAsked] = useState(false);
  const fieldsets = useRef(new Map<string, HTMLFieldSetElement>());
  const missing = missingOptions(product, choice);

  const askForMissing = () => {
    setAsked(true);
    const first = missing[0] && fieldsets.current.get(missing[0].name);
    first?.querySelector("input")?.focus();
  };

  return (
    <div className="flex flex-col gap-6">
      {price && <Price price={price.price} before={price.before} from={price.from} className="text-xl" />}
      {product.options.map((option) => (
        <OptionPicker
          key={option.name}
          ref={(element) => {
            if (element) fieldsets.current.set(option.name, element);
            else fieldsets.current.delete(option.name);
          }}
          option={option}
          chosen={choice[option.name]}
          stateOf={(value) => valueState(product, choice, option.name, value)}
          onChoose={(value) => onChoose(option.name, value)}
          asked={asked && missing.includes(option)}
        />
      ))}
      <p role="status" className="text-sm text-warn empty:hidden">
        {cleared.length > 0 && messages.product.clearedChoice(cleared.join(", "))}
      </p>
      <StockLine
        variant={variant}
        anyInStock={anyInStock}
        missing={missing.map((option) => option.name)}
        inCart={inCart}
      />
      <BuyButtons
        key={variant?.sku}
        name={product.name}
        sku={variant?.sku}
        left={variant ? Math.min(variant.available, quantityMax) - inCart : quantityMax}
        soldOut={variant ? !variant.in_stock : !anyInStock}
        onMissing={askForMissing}
      />
      <PurchasePromises />
    </div>
  );
}

interface BuyButtonsProps {
  name: string;
  /** Undefined until every option has been chosen. */
  sku: string | undefined;
  /** How many more can be had, with what is in the cart counted. */
  left: number;
  soldOut: boolean;
  onMissing: () => void;
}

function BuyButtons({ name, sku, left, soldOut, onMissing }: BuyButtonsProps) {
  const { product } = useMessages();
  const navigate = useNavigate();
  const { add, adding } = useAddToCart();
  const [quantity, setQuantity] = useState(1);

  if (soldOut) {
    return (
      <Button size="lg" disabled className="w-full">
        {product.soldOut}
      </Button>
    );
  }
  if (left <= 0) return <p className="text-sm text-muted">{product.limitReached}</p>;
  const wanted = Math.min(quantity, left);
  return (
    <div className="flex flex-wrap items-center gap-3">
      <QuantityStepper
        label={`${product.quantity}: ${name}`}
        fewerLabel={product.fewer}
        moreLabel={product.more}
        value={wanted}
        max={left}
        onChange={setQuantity}
        className="min-h-13"
      />
      <Button
        kind="primary"
        size="lg"
        busy={adding}
        className="flex-1"
        onClick={() => (sku === undefined ? onMissing() : void add(sku, wanted).then(() => setQuantity(1)))}
      >
        {adding ? product.adding : product.addToCart}
      </Button>
      <Button
        size="lg"
        className="w-full"
        onClick={() => (sku === undefined ? onMissing() : void navigate(paths.buyNow(sku, wanted)))}
      >
        {product.buyNow}
      </Button>
    </div>
  );
}
