import type { ComponentProps } from "react";
import { cx } from "./class-names";

export type ButtonKind = "primary" | "secondary" | "quiet" | "danger";
export type ButtonSize = "md" | "lg";

const base =
  "relative inline-flex items-center justify-center gap-2 rounded-md font-strong whitespace-nowrap select-none no-underline " +
  "transition-[background-color,border-color,color,transform,opacity] duration-150 ease-out active:translate-y-px " +
  "disabled:pointer-events-none aria-disabled:cursor-not-allowed";

const kinds: Record<ButtonKind, string> = {
  primary:
    "bg-accent text-accent-ink hover:bg-[color-mix(in_oklch,var(--color-accent),var(--color-ink)_9%)] " +
    "disabled:bg-surface disabled:text-muted",
  secondary: "border border-control bg-transparent text-ink hover:border-ink hover:bg-surface disabled:text-muted",
  quiet: "bg-transparent text-ink hover:bg-surface disabled:text-muted",
  danger: "border border-bad bg-transparent text-bad hover:bg-surface disabled:text-muted",
};

const sizes: Record<ButtonSize, string> = {
  md: "min-h-11 px-4 text-sm",
  lg: "min-h-13 px-6 text-base",
};

/** The look of a button for what is a link in truth: `<Link className={buttonLook("primary")}>`. */
export function buttonLook(kind: ButtonKind = "secondary", size: ButtonSize = "md", className?: string): string {
  return cx(base, kinds[kind], sizes[size], className);
}

interface ButtonProps extends ComponentProps<"button"> {
  kind?: ButtonKind;
  size?: ButtonSize;
  /** Work is under way: the label stays, so that the width does, and a second press does nothing. */
  busy?: boolean;
}

export function Button({ kind, size, busy = false, className, children, onClick, type, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type ?? "button"}
      aria-busy={busy || undefined}
      aria-disabled={busy || rest["aria-disabled"]}
      className={buttonLook(kind, size, className)}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {children}
      {busy && (
        <span aria-hidden className="absolute inset-x-2 bottom-1 h-0.5 overflow-hidden rounded-full">
          <span className="block h-full w-1/3 animate-[travel_900ms_linear_infinite] bg-current" />
        </span>
      )}
    </button>
  );
}

interface IconButtonProps extends ComponentProps<"button"> {
  /** What the button does, for those who cannot see the icon. */
  label: string;
}

export function IconButton({ label, className, children, ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type="button"
      aria-label={label}
      className={cx(
        "inline-flex size-11 items-center justify-center rounded-md text-ink transition-colors duration-150 hover:bg-surface",
        className,
      )}
    >
      {children}
    </button>
  );
}
