import { Icon } from "./icon";
import { cx } from "./class-names";

interface QuantityStepperProps {
  value: number;
  min?: number;
  max: number;
  onChange: (value: number) => void;
  /** What is counted, such as "Quantity of Linen shirt". */
  label: string;
  fewerLabel: string;
  moreLabel: string;
  disabled?: boolean;
  className?: string;
}

const stepLook =
  "flex size-11 items-center justify-center transition-colors duration-150 hover:bg-surface disabled:text-control " +
  "disabled:pointer-events-none";

/** Two large targets and a number; the number is announced when it changes, the field cannot be typed out of its bounds. */
export function QuantityStepper(props: QuantityStepperProps) {
  const { value, min = 1, max, onChange, label, fewerLabel, moreLabel, disabled = false, className } = props;
  return (
    <div
      role="group"
      aria-label={label}
      className={cx("inline-flex items-center overflow-clip rounded-md border border-control bg-raised", className)}
    >
      <button
        type="button"
        aria-label={fewerLabel}
        disabled={disabled || value <= min}
        onClick={() => onChange(value - 1)}
        className={stepLook}
      >
        <Icon name="minus" className="size-4" />
      </button>
      <output aria-live="polite" className="tabular min-w-9 text-center text-base">
        {value}
      </output>
      <button
        type="button"
        aria-label={moreLabel}
        disabled={disabled || value >= max}
        onClick={() => onChange(value + 1)}
        className={stepLook}
      >
        <Icon name="plus" className="size-4" />
      </button>
    </div>
  );
}
