import type { ReactNode } from "react";
import { cx } from "./class-names";

interface SumsProps {
  /** What adds up, in the order in which it is added. */
  rows: readonly { readonly key: string; readonly name: ReactNode; readonly amount: ReactNode; readonly quiet?: boolean }[];
  totalName: ReactNode;
  total: ReactNode;
  className?: string;
}

/** Amounts under each other, and what they come to. */
export function Sums({ rows, totalName, total, className }: SumsProps) {
  return (
    <dl className={cx("tabular space-y-2 text-sm", className)}>
      {rows.map(({ key, name, amount, quiet = false }) => (
        <div key={key} className="flex items-baseline justify-between gap-4">
          <dt className="text-muted">{name}</dt>
          <dd className={cx("text-end", quiet && "text-muted")}>{amount}</dd>
        </div>
      ))}
      <div className="flex items-baseline justify-between gap-4 border-t border-line pt-3 text-base font-strong">
        <dt>{totalName}</dt>
        <dd className="text-end">{total}</dd>
      </div>
    </dl>
  );
}
