import { useId, type ComponentProps, type ReactNode } from "react";
import { cx } from "./class-names";

type CheckboxProps = Omit<ComponentProps<"input">, "type" | "id"> & { label: ReactNode; hint?: ReactNode };

export function Checkbox({ label, hint, className, ...input }: CheckboxProps) {
  const id = useId();
  return (
    <div className={cx("flex min-h-11 items-start gap-3 py-2.5", className)}>
      <input {...input} id={id} type="checkbox" className="mt-0.5 size-5 shrink-0 accent-ink" />
      <label htmlFor={id} className="text-sm">
        {label}
        {hint && <span className="block text-muted">{hint}</span>}
      </label>
    </div>
  );
}

type RadioCardProps = Omit<ComponentProps<"input">, "type" | "id" | "title"> & {
  heading: ReactNode;
  text?: ReactNode;
  /** What stands at the end of the row, usually a price. */
  aside?: ReactNode;
};

/** One of a few weighty choices (how it is sent, how it is paid): the whole card answers, the radio says which. */
export function RadioCard({ heading, text, aside, className, ...input }: RadioCardProps) {
  return (
    <label
      className={cx(
        "flex cursor-pointer items-start gap-3 rounded-md border border-line bg-raised p-4 transition-colors duration-150",
        "hover:border-control has-checked:border-ink has-checked:shadow-[inset_0_0_0_1px_var(--color-ink)]",
        "has-focus-visible:outline-2 has-focus-visible:outline-offset-3 has-focus-visible:outline-ink",
        "has-disabled:cursor-not-allowed has-disabled:text-muted",
        className,
      )}
    >
      <input {...input} type="radio" className="mt-0.5 size-5 shrink-0 accent-ink outline-none" />
      <span className="min-w-0 flex-1">
        <span className="block font-strong">{heading}</span>
        {text && <span className="block text-sm text-muted">{text}</span>}
      </span>
      {aside && <span className="tabular shrink-0">{aside}</span>}
    </label>
  );
}
