import type { ComponentProps } from "react";
import { TextField } from "./field";

type CodeFieldProps = Omit<ComponentProps<typeof TextField>, "type" | "inputMode" | "autoComplete">;

/** A code from a mail. One field rather than six: it can be pasted, filled in by the phone and heard as one thing. */
export function CodeField(props: CodeFieldProps) {
  return (
    <TextField
      {...props}
      type="text"
      inputMode="numeric"
      autoComplete="one-time-code"
      autoCapitalize="off"
      spellCheck={false}
    />
  );
}
