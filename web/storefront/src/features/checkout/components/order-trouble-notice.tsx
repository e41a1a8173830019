import { useEffect, useRef } from "react";
import { Button } from "@xpressbuy/ui/button";
import { useMoneyText } from "@xpressbuy/ui/locale";
import { Notice } from "@xpressbuy/ui/notice";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import type { OrderTrouble, ShortLine } from "./order-trouble";

interface OrderTroubleNoticeProps {
  trouble: OrderTrouble;
  /** It answers a press of the button, so it takes the focus and nobody has to look for it. */
  answersPress: boolean;
  /** Sets a line to what there is; 0 leaves it out. */
  onQuantity: (sku: string, quantity: number) => void;
}

/** Why there is no order yet, in front of the button that was pressed. */
export function OrderTroubleNotice({ trouble, answersPress, onQuantity }: OrderTroubleNoticeProps) {
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (answersPress) notice.current?.focus();
  }, [answersPress, trouble]);
  return (
    <div ref={notice} tabIndex={-1} className="rounded-md outline-none">
      {trouble.kind === "stock" ? (
        <StockTrouble lines={trouble.lines} onQuantity={onQuantity} />
      ) : trouble.kind === "price" ? (
        <PriceTrouble trouble={trouble} />
      ) : (
        <PlainTrouble kind={trouble.kind} />
      )}
    </div>
  );
}

function StockTrouble({ lines, onQuantity }: { lines: readonly ShortLine[] } & Pick<OrderTroubleNoticeProps, "onQuantity">) {
  const { problems } = useShopperMessages().checkout;
  return (
    <Notice tone="warn" live title={problems.stockTitle}>
      <ul className="space-y-3">
        {lines.map(({ sku, name, available }) => (
          <li key={sku}>
            <p>{available > 0 ? problems.stockSome(name, available) : problems.stockNone(name)}</p>
            <div className="mt-2 flex flex-wrap gap-2">
              {available > 0 && (
                <Button aria-label={problems.takeLeftNamed(name, available)} onClick={() => onQuantity(sku, available)}>
                  {problems.takeLeft(available)}
                </Button>
              )}
              <Button aria-label={problems.removeLineNamed(name)} onClick={() => onQuantity(sku, 0)}>
                {problems.removeLine}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function PriceTrouble({ trouble }: { trouble: Extract<OrderTrouble, { kind: "price" }> }) {
  const { problems } = useShopperMessages().checkout;
  const money = useMoneyText();
  return (
    <Notice tone="warn" live title={problems.priceTitle}>
      <div className="tabular space-y-1">
        {trouble.lines.map(({ sku, name, before, now }) => (
          <p key={sku}>{problems.priceLine(name, money(before), money(now))}</p>
        ))}
        {trouble.now && <p>{problems.priceTotal(money(trouble.before), money(trouble.now))}</p>}
        <p>{problems.priceChoice}</p>
      </div>
    </Notice>
  );
}

function PlainTrouble({ kind }: { kind: Exclude<OrderTrouble["kind"], "stock" | "price"> }) {
  const { checkout, forms, problems, auth } = useShopperMessages();
  const words = checkout.problems;
  switch (kind) {
    case "cart":
    case "empty":
      return (
        <Notice tone="warn" live title={words.cartTitle}>
          {words.cartText}
        </Notice>
      );
    case "no_answer":
    case "busy":
      return (
        <Notice tone="bad" live title={kind === "busy" ? words.busy : words.noAnswer}>
          {words.noAnswerText}
        </Notice>
      );
    case "method":
      return (
        <Notice tone="warn" live title={words.title}>
          {words.methodGone}
        </Notice>
      );
    case "fields":
      return (
        <Notice tone="bad" live title={words.title}>
          {forms.fieldsToMend}
        </Notice>
      );
    case "too_many":
      return (
        <Notice tone="bad" live title={words.title}>
          {auth.tooMany}
        </Notice>
      );
    case "signed_out":
      return (
        <Notice tone="bad" live title={words.title}>
          {problems.signedOut}
        </Notice>
      );
    case "other":
      return (
        <Notice tone="bad" live title={words.title}>
          {words.other}
        </Notice>
      );
  }
}
