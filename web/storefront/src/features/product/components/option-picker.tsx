import { useId, type Ref } from "react";
import type { ProductOption } from "@xpressbuy/client/types";
import { cx } from "@xpressbuy/ui/class-names";
import { useMessages } from "@xpressbuy/ui/locale";
import type { ValueState } from "../model/option-choice";

interface OptionPickerProps {
  option: ProductOption;
  chosen: string | undefined;
  stateOf: (value: string) => ValueState;
  onChoose: (value: string) => void;
  /** The shopper pressed "add" without choosing this. */
  asked: boolean;
  ref?: Ref<HTMLFieldSetElement>;
}

/** One option as a row of radio buttons; each says whether it is there, sold out, or not made with the other choices. */
export function OptionPicker({ option, chosen, stateOf, onChoose, asked, ref }: OptionPickerProps) {
  const { product } = useMessages();
  const name = useId();
  return (
    <fieldset ref={ref} aria-describedby={asked ? `${name}-asked` : undefined}>
      <legend className="mb-2 text-sm font-strong">
        {chosen ? product.chosen(option.name, chosen) : product.choose(option.name)}
      </legend>
      <div className="flex flex-wrap gap-2">
        {option.values.map(({ value, hex }) => (
          <ValueRadio
            key={value}
            name={name}
            value={value}
            hex={hex}
            state={stateOf(value)}
            checked={chosen === value}
            onChoose={() => onChoose(value)}
          />
        ))}
      </div>
      {asked && (
        <p id={`${name}-asked`} className="mt-2 text-sm text-bad">
          {product.chooseFirst(option.name)}
        </p>
      )}
    </fieldset>
  );
}

interface ValueRadioProps {
  name: string;
  value: string;
  hex: string | null | undefined;
  state: ValueState;
  checked: boolean;
  onChoose: () => void;
}

const stateLooks: Record<ValueState, string> = {
  available: "border-control hover:border-ink",
  "sold-out": "border-line text-muted line-through hover:border-control",
  impossible: "border-dashed border-control text-muted hover:border-ink",
};

function ValueRadio({ name, value, hex, state, checked, onChoose }: ValueRadioProps) {
  const { product } = useMessages();
  const spoken = {
    available: value,
    "sold-out": product.soldOutValue(value),
    impossible: product.impossibleValue(value),
  }[state];
  return (
    <label
      title={state === "available" ? undefined : spoken}
      className={cx(
        "flex min-h-11 min-w-11 cursor-pointer items-center justify-center gap-2 rounded-md border px-3.5 text-sm",
        "transition-[border-color,box-shadow] duration-150 has-checked:border-solid has-checked:border-ink",
        "has-checked:text-ink has-checked:shadow-[inset_0_0_0_1px_var(--color-ink)]",
        "has-focus-visible:outline-2 has-focus-visible:outline-offset-3 has-focus-visible:outline-ink",
        stateLooks[state],
      )}
    >
      <input
        type="radio"
        name={name}
        value={value}
        checked={checked}
        onChange={onChoose}
        aria-label={spoken}
        className="sr-only"
      />
      {hex && (
        <span
          aria-hidden
          className={cx("-ms-0.5 size-5 rounded-full border border-ink/25", state !== "available" && "opacity-40")}
          style={{ backgroundColor: hex }}
        />
      )}
      <span aria-hidden>{value}</span>
    </label>
  );
}
