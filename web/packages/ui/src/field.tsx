import { useId, useState, type ComponentProps, type ReactNode } from "react";
import { cx } from "./class-names";
import { Icon } from "./icon";

interface FieldText {
  label: string;
  hint?: ReactNode;
  /** What is wrong and how to put it right; shown instead of nothing, beside the hint. */
  error?: string | undefined;
  /** A word after the label such as "optional". */
  mark?: string;
}

interface FrameProps extends FieldText {
  id: string;
  className?: string | undefined;
  children: ReactNode;
}

function FieldFrame({ id, label, hint, error, mark, className, children }: FrameProps) {
  return (
    <div className={cx("flex flex-col gap-1.5", className)}>
      <label htmlFor={id} className="text-sm font-strong">
        {label}
        {mark && <span className="font-normal text-muted">{` · ${mark}`}</span>}
      </label>
      {children}
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
      <p id={`${id}-error`} aria-live="polite" className="text-sm text-bad empty:hidden">
        {error}
      </p>
    </div>
  );
}

/** What ties an input to the words around it, for those who hear the form. */
function describedBy(id: string, { hint, error }: FieldText) {
  const parts = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean);
  return { "aria-describedby": parts.join(" ") || undefined, "aria-invalid": error ? true : undefined };
}

// Text is 16 px at least: a smaller one makes phones zoom into the field.
const controlLook =
  "w-full min-h-11 rounded-md border border-control bg-raised px-3 text-base text-ink placeholder:text-muted " +
  "transition-colors duration-150 hover:border-ink aria-invalid:border-bad disabled:bg-surface disabled:text-muted";

type TextFieldProps = FieldText & Omit<ComponentProps<"input">, "id">;

export function TextField({ label, hint, error, mark, className, ...input }: TextFieldProps) {
  const id = useId();
  const text = { label, hint, error, ...(mark ? { mark } : {}) };
  return (
    <FieldFrame id={id} className={className} {...text}>
      <input {...input} id={id} className={controlLook} {...describedBy(id, text)} />
    </FieldFrame>
  );
}

type PasswordFieldProps = TextFieldProps & { showLabel: string; hideLabel: string };

export function PasswordField({
  label,
  hint,
  error,
  mark,
  className,
  showLabel,
  hideLabel,
  ...input
}: PasswordFieldProps) {
  const id = useId();
  const [shown, setShown] = useState(false);
  const text = { label, hint, error, ...(mark ? { mark } : {}) };
  return (
    <FieldFrame id={id} className={className} {...text}>
      <span className="relative block">
        <input
          {...input}
          id={id}
          type={shown ? "text" : "password"}
          className={cx(controlLook, "pe-12")}
          {...describedBy(id, text)}
        />
        <button
          type="button"
          aria-label={shown ? hideLabel : showLabel}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
          className="absolute inset-y-0 end-0 flex w-11 items-center justify-center text-muted hover:text-ink"
        >
          <Icon name="eye" />
        </button>
      </span>
    </FieldFrame>
  );
}

type TextAreaProps = FieldText & Omit<ComponentProps<"textarea">, "id">;

export function TextAreaField({ label, hint, error, mark, className, ...area }: TextAreaProps) {
  const id = useId();
  const text = { label, hint, error, ...(mark ? { mark } : {}) };
  return (
    <FieldFrame id={id} className={className} {...text}>
      <textarea rows={4} {...area} id={id} className={cx(controlLook, "py-2.5")} {...describedBy(id, text)} />
    </FieldFrame>
  );
}

type SelectFieldProps = FieldText & Omit<ComponentProps<"select">, "id">;

export function SelectField({ label, hint, error, mark, className, children, ...select }: SelectFieldProps) {
  const id = useId();
  const text = { label, hint, error, ...(mark ? { mark } : {}) };
  return (
    <FieldFrame id={id} className={className} {...text}>
      <span className="relative block">
        <select {...select} id={id} className={cx(controlLook, "appearance-none pe-10")} {...describedBy(id, text)}>
          {children}
        </select>
        <Icon name="chevron-down" className="pointer-events-none absolute end-3 top-1/2 size-4 -translate-y-1/2" />
      </span>
    </FieldFrame>
  );
}
