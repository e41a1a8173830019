import type { ReactNode } from "react";
import { Link } from "react-router";
import { Icon } from "@xpressbuy/ui/icon";
import { useMessages } from "@xpressbuy/ui/locale";

interface ScrollRowProps {
  id: string;
  title: string;
  note?: string;
  /** Where all of it is. */
  to?: string;
  children: ReactNode;
}

/**
 * A headline over things that stand side by side: on wide screens as many as fit, on narrow ones a strip that is pushed with the
 * finger and shows by its cut-off last piece that it goes on.
 */
export function ScrollRow({ id, title, note, to, children }: ScrollRowProps) {
  const { home } = useMessages();
  return (
    <section aria-labelledby={id}>
      <div className="page mb-6 flex items-end justify-between gap-6">
        <div>
          <h2 id={id} className="display text-2xl md:text-3xl">
            {title}
          </h2>
          {note && <p className="mt-1 text-sm text-muted">{note}</p>}
        </div>
        {to && (
          <Link
            to={to}
            aria-label={home.seeAllOf(title)}
            className="inline-flex min-h-11 shrink-0 items-center gap-2 text-sm font-strong hover:underline hover:underline-offset-4"
          >
            {home.seeAll}
            <Icon name="arrow-right" className="size-4" />
          </Link>
        )}
      </div>
      <div className="page max-lg:px-0">
        <ul
          className={
            "flex snap-x snap-proximity gap-4 overflow-x-auto scroll-px-[clamp(1rem,4vw,3rem)] px-[clamp(1rem,4vw,3rem)] py-1.5 " +
            "[scrollbar-width:none] lg:-m-1.5 lg:gap-6 lg:p-1.5 [&>li]:w-[40vw] [&>li]:max-w-60 [&>li]:shrink-0 [&>li]:snap-start " +
            "sm:[&>li]:w-[30vw] lg:[&>li]:w-[calc((100%-4.5rem)/4)] lg:[&>li]:max-w-none"
          }
        >
          {children}
        </ul>
      </div>
    </section>
  );
}
