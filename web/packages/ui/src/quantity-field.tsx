import { useState } from "react";
import { cx } from "./class-names";
import { Icon } from "./icon";

interface QuantityFieldProps {
  value: number;
  min?: number;
  max: number;
  onChange: (value: number) => void;
  /** What is counted, such as "Quantity of Linen shirt". */
  label: string;
  fewerLabel: string;
  moreLabel: string;
  disabled?: boolean;
}

const stepLook =
  "flex size-11 shrink-0 items-center justify-center transition-colors duration-150 hover:bg-surface disabled:text-control " +
  "disabled:pointer-events-none -outline-offset-2";

/** What a typed text means as a quantity, within its bounds; null for what is no number. */
export function quantityFromText(text: string, min: number, max: number): number | null {
  const typed = text.trim();
  if (!/^\d{1,6}$/.test(typed)) return null;
  return Math.min(Math.max(Number(typed), min), max);
}

/**
 * A number that can be typed as well as stepped: twenty mugs are not twenty presses. What is typed counts on leaving the
 * field or on Enter, so that the way from 1 to 12 does not pass through 1 and 2.
 */
export function QuantityField(props: QuantityFieldProps) {
  const { value, min = 1, max, onChange, label, fewerLabel, moreLabel, disabled = false } = props;
  const [typed, setTyped] = useState<string | null>(null);

  const settle = () => {
    const quantity = typed === null ? null : quantityFromText(typed, min, max);
    setTyped(null);
    if (quantity !== null && quantity !== value) onChange(quantity);
  };

  return (
    <div role="group" aria-label={label} className="inline-flex items-center rounded-md border border-control bg-raised">
      <button
        type="button"
        aria-label={fewerLabel}
        disabled={disabled || value <= min}
        onClick={() => onChange(value - 1)}
        className={cx(stepLook, "rounded-s-md")}
      >
        <Icon name="minus" className="size-4" />
      </button>
      <input
        aria-label={label}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        maxLength={3}
        disabled={disabled}
        value={typed ?? value}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === "Enter") {
            event.preventDefault();
            settle();
          }
          if (event.key === "Escape") setTyped(null);
        }}
        className="tabular h-11 w-10 min-w-0 bg-transparent text-center text-base -outline-offset-2 disabled:text-muted"
      />
      <button
        type="button"
        aria-label={moreLabel}
        disabled={disabled || value >= max}
        onClick={() => onChange(value + 1)}
        className={cx(stepLook, "rounded-e-md")}
      >
        <Icon name="plus" className="size-4" />
      </button>
    </div>
  );
}
