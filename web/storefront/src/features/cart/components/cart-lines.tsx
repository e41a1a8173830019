import { useRef } from "react";
import { Link } from "react-router";
import type { CartLine } from "@xpressbuy/client/types";
import { Button, IconButton } from "@xpressbuy/ui/button";
import { Icon } from "@xpressbuy/ui/icon";
import { useMoneyText } from "@xpressbuy/ui/locale";
import { PurchaseLine } from "@xpressbuy/ui/purchase-line";
import { QuantityField } from "@xpressbuy/ui/quantity-field";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { paths } from "@/config/paths";
import { useSetCartLine } from "@/lib/cart";
import { problemText } from "@/lib/problem-text";
import { showToast } from "@/lib/toasts";
import { lineState } from "./line-problem";

interface CartLinesProps {
  lines: readonly CartLine[];
  size: "md" | "lg";
  /** A link was followed; a drawer closes then. */
  onLeave?: () => void;
}

/** Changes to lines, with a word about what happened: what is taken out can be put back, what is refused is said. */
function useLineChanges() {
  const messages = useShopperMessages();
  const { mutateAsync } = useSetCartLine();
  const setQuantity = async (sku: string, quantity: number) => {
    try {
      await mutateAsync({ sku, quantity });
    } catch (error) {
      showToast(problemText(error, messages), { tone: "bad" });
    }
  };
  const remove = (line: CartLine) => {
    void setQuantity(line.sku, 0);
    showToast(messages.cart.removed(line.name), {
      action: { label: messages.cart.undo, run: () => void setQuantity(line.sku, line.quantity) },
    });
  };
  return { setQuantity, remove };
}

export function CartLines({ lines, size, onLeave }: CartLinesProps) {
  const { cart } = useShopperMessages();
  const list = useRef<HTMLUListElement>(null);
  const { setQuantity, remove } = useLineChanges();
  return (
    <ul ref={list} tabIndex={-1} aria-label={cart.lines} className="divide-y divide-line outline-none">
      {lines.map((line) => (
        <li key={line.sku} className="py-5 first:pt-1">
          <CartLineRow
            line={line}
            size={size}
            {...(onLeave ? { onLeave } : {})}
            onQuantity={(quantity) => void setQuantity(line.sku, quantity)}
            onRemove={() => {
              remove(line);
              // The button that was pressed is gone; the next Tab starts from the list and not from the top of the page.
              list.current?.focus();
            }}
          />
        </li>
      ))}
    </ul>
  );
}

interface CartLineRowProps {
  line: CartLine;
  size: "md" | "lg";
  onLeave?: () => void;
  onQuantity: (quantity: number) => void;
  onRemove: () => void;
}

function CartLineRow({ line, size, onLeave, onQuantity, onRemove }: CartLineRowProps) {
  const { cart } = useShopperMessages();
  const money = useMoneyText();
  const state = lineState(line, cart);
  const name = [line.name, ...Object.values(line.options)].join(", ");
  const note = (
    <>
      {line.quantity > 1 && <p className="tabular">{cart.each(money(line.unit_price))}</p>}
      {state.problem && <p className={state.blocks ? "text-bad" : "text-warn"}>{state.problem}</p>}
    </>
  );
  return (
    <PurchaseLine
      image={line.image}
      size={size}
      faded={state.unavailable}
      options={line.options}
      amount={state.unavailable ? <s className="text-muted">{money(line.line_total)}</s> : money(line.line_total)}
      note={note}
      name={
        <Link to={paths.product(line.slug)} onClick={onLeave} className="hover:underline hover:underline-offset-4">
          {line.name}
        </Link>
      }
    >
      {!state.unavailable && (
        <QuantityField
          value={line.quantity}
          max={state.max}
          onChange={(quantity) => onQuantity(Math.min(quantity, state.max))}
          label={cart.quantityOf(name)}
          fewerLabel={cart.fewer(name)}
          moreLabel={cart.more(name)}
        />
      )}
      {state.remedy !== null && <Button onClick={() => onQuantity(state.remedy ?? 1)}>{cart.setTo(state.remedy)}</Button>}
      {size === "lg" ? (
        <button
          type="button"
          aria-label={cart.removeNamed(name)}
          onClick={onRemove}
          className="min-h-11 px-2 text-sm underline underline-offset-4 hover:text-accent-text"
        >
          {cart.remove}
        </button>
      ) : (
        // The drawer is narrow on a phone; the word would not fit beside the quantity.
        <IconButton label={cart.removeNamed(name)} onClick={onRemove}>
          <Icon name="trash" />
        </IconButton>
      )}
    </PurchaseLine>
  );
}
