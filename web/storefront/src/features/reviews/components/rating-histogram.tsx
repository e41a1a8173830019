import type { ProductDetail } from "@xpressbuy/client/types";
import { useLocaleTag, useMessages } from "@xpressbuy/ui/locale";
import { Stars } from "@xpressbuy/ui/rating";

const starRows = [5, 4, 3, 2, 1] as const;

export function RatingHistogram({ rating }: { rating: ProductDetail["rating"] }) {
  const { reviews } = useMessages();
  const tag = useLocaleTag();
  const average = new Intl.NumberFormat(tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
    rating.average,
  );
  return (
    <div>
      <p className="flex items-center gap-4">
        <span aria-hidden className="display tabular text-5xl">
          {average}
        </span>
        <span>
          <Stars value={rating.average} className="h-5" />
          <span className="sr-only">{reviews.outOfFive(average)}</span>
          <span className="tabular block text-sm text-muted">{reviews.count(rating.count)}</span>
        </span>
      </p>
      <ul className="mt-6 space-y-2">
        {starRows.map((stars) => (
          <HistogramRow key={stars} stars={stars} count={rating.histogram[String(stars)] ?? 0} of={rating.count} />
        ))}
      </ul>
    </div>
  );
}

interface HistogramRowProps {
  stars: number;
  count: number;
  of: number;
}

function HistogramRow({ stars, count, of }: HistogramRowProps) {
  const { reviews } = useMessages();
  const share = of > 0 ? count / of : 0;
  return (
    <li className="tabular grid grid-cols-[1ch_1fr_5ch] items-center gap-3 text-sm">
      <span className="sr-only">{reviews.histogramRow(stars, count)}</span>
      <span aria-hidden>{stars}</span>
      <span aria-hidden className="h-2 overflow-clip rounded-full bg-surface">
        <span
          className="block h-full w-full origin-left bg-star"
          style={{ transform: `scaleX(${String(share)})` }}
        />
      </span>
      <span aria-hidden className="text-end text-muted">
        {count}
      </span>
    </li>
  );
}
