import type { ReactNode } from "react";
import { Icon } from "./icon";

interface DisclosureProps {
  summary: ReactNode;
  children: ReactNode;
  defaultOpen?: boolean;
}

/** A section that can be folded away; the browser's own element, so it works before any script and is found by search. */
export function Disclosure({ summary, children, defaultOpen = false }: DisclosureProps) {
  return (
    <details open={defaultOpen} className="group border-t border-line">
      <summary className="flex min-h-13 list-none items-center justify-between gap-4 py-3 font-strong [&::-webkit-details-marker]:hidden">
        {summary}
        <Icon name="chevron-down" className="size-4 transition-transform duration-150 group-open:rotate-180" />
      </summary>
      <div className="pb-5">{children}</div>
    </details>
  );
}
