import type { ReactNode } from "react";
import { cx } from "./class-names";

const tones = {
  accent: "bg-accent text-accent-ink",
  ink: "bg-ink text-paper",
  plain: "bg-raised text-ink",
} as const;

interface BadgeProps {
  tone?: keyof typeof tones;
  children: ReactNode;
}

/** A short word laid over a picture. */
export function Badge({ tone = "plain", children }: BadgeProps) {
  return (
    <span className={cx("tabular inline-block rounded-sm px-2 py-1 text-xs leading-none font-strong", tones[tone])}>
      {children}
    </span>
  );
}

const dots = { good: "bg-good", warn: "bg-warn", bad: "bg-bad", muted: "bg-control" } as const;

interface StatusProps {
  tone: keyof typeof dots;
  children: ReactNode;
  className?: string;
}

/** A state as a word with a dot: the word carries the meaning, the colour only helps. */
export function Status({ tone, children, className }: StatusProps) {
  return (
    <span className={cx("inline-flex items-center gap-2", className)}>
      <span aria-hidden className={cx("size-2 shrink-0 rounded-full", dots[tone])} />
      <span>{children}</span>
    </span>
  );
}
