import type { Review } from "@xpressbuy/client/types";
import { formatDate } from "@xpressbuy/kit/dates";
import { Icon } from "@xpressbuy/ui/icon";
import { useLocaleTag, useMessages } from "@xpressbuy/ui/locale";
import { Stars } from "@xpressbuy/ui/rating";

export function ReviewCard({ review }: { review: Review }) {
  const { reviews } = useMessages();
  const tag = useLocaleTag();
  return (
    <article className="py-6">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Stars value={review.rating} />
        <span className="sr-only">{reviews.outOfFive(String(review.rating))}</span>
        {review.title !== "" && <h3 className="font-strong">{review.title}</h3>}
      </div>
      <p className="mt-2 max-w-[64ch] whitespace-pre-line">{review.body}</p>
      <p className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">
        <span>{reviews.by(review.author, formatDate(review.created_at, tag))}</span>
        {review.verified_purchase && (
          <span className="inline-flex items-center gap-1 text-good">
            <Icon name="check" className="size-4" />
            {reviews.verified}
          </span>
        )}
      </p>
    </article>
  );
}
