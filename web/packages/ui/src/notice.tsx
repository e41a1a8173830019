import type { ReactNode } from "react";
import { cx } from "./class-names";
import { Icon } from "./icon";

const tones = {
  info: { edge: "border-control", icon: "text-muted", name: "info" },
  good: { edge: "border-good", icon: "text-good", name: "check" },
  warn: { edge: "border-warn", icon: "text-warn", name: "warning" },
  bad: { edge: "border-bad", icon: "text-bad", name: "warning" },
} as const;

interface NoticeProps {
  tone?: keyof typeof tones;
  title?: ReactNode;
  children?: ReactNode;
  className?: string;
  /** It appeared after something the reader did and should be read out. */
  live?: boolean;
}

/** A message in its place on the page, for what must stay visible; what may pass by is a toast. */
export function Notice({ tone = "info", title, children, className, live = false }: NoticeProps) {
  const look = tones[tone];
  return (
    <div
      role={live ? (tone === "bad" ? "alert" : "status") : undefined}
      className={cx("flex gap-3 rounded-md border bg-raised p-4 text-sm", look.edge, className)}
    >
      <Icon name={look.name} className={cx("mt-px size-5", look.icon)} />
      <div className="min-w-0 space-y-1">
        {title && <p className="font-strong">{title}</p>}
        {children && <div className="text-muted">{children}</div>}
      </div>
    </div>
  );
}
