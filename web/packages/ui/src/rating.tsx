import { cx } from "./class-names";
import { useLocaleTag, useMessages } from "./locale";

const starPath = "M10 1.8 12.47 7.1l5.73.770-4.2 4 1.06 5.73L10 14.8l-5.06 2.8L6 11.87l-4.2-4 5.73-.77z";

interface StarsProps {
  /** 0 to 5; a half shows as half a star. */
  value: number;
  className?: string;
}

/** Decoration: the number is said in words beside it. */
export function Stars({ value, className = "h-4" }: StarsProps) {
  const percent = `${String((Math.max(0, Math.min(5, value)) / 5) * 100)}%`;
  const row = Array.from({ length: 5 }, (_, index) => (
    <path key={index} d={starPath} transform={`translate(${String(index * 20)} 0)`} />
  ));
  return (
    <span aria-hidden className={cx("relative inline-block aspect-[5/1] shrink-0", className)}>
      <svg viewBox="0 0 100 20" className="absolute inset-0 h-full fill-line">
        {row}
      </svg>
      <span className="absolute inset-y-0 left-0 overflow-hidden" style={{ width: percent }}>
        <svg viewBox="0 0 100 20" className="h-full max-w-none fill-star">
          {row}
        </svg>
      </span>
    </span>
  );
}

interface RatingProps {
  average: number;
  count: number;
  className?: string;
}

/** The short form for cards: one star, the average, how many. */
export function Rating({ average, count, className }: RatingProps) {
  const tag = useLocaleTag();
  const { list } = useMessages();
  if (count === 0) return null;
  const text = new Intl.NumberFormat(tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(average);
  return (
    <span className={cx("tabular inline-flex items-center gap-1 text-xs text-muted", className)}>
      <span className="sr-only">{list.ratingSpoken(text, count)}</span>
      <svg aria-hidden viewBox="0 0 20 20" className="size-3.5 fill-star">
        <path d={starPath} />
      </svg>
      <span aria-hidden>{`${text} (${new Intl.NumberFormat(tag).format(count)})`}</span>
    </span>
  );
}
