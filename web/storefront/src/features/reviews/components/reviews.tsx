import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import type { ProductDetail } from "@xpressbuy/client/types";
import { Button } from "@xpressbuy/ui/button";
import { useMessages } from "@xpressbuy/ui/locale";
import { SkeletonText } from "@xpressbuy/ui/skeleton";
import { reviewsQuery } from "../api/get-reviews";
import { RatingHistogram } from "./rating-histogram";
import { ReviewCard } from "./review-card";

interface ReviewsProps {
  product: Pick<ProductDetail, "slug" | "rating">;
}

export function Reviews({ product }: ReviewsProps) {
  const { reviews } = useMessages();
  return (
    <section id="reviews" aria-labelledby="reviews-title" className="page">
      <div className="border-t border-line pt-10">
        <h2 id="reviews-title" className="display text-2xl md:text-3xl">
          {reviews.title}
        </h2>
        {product.rating.count === 0 ? (
          <p className="mt-4 text-muted">{reviews.none}</p>
        ) : (
          <div className="mt-6 grid gap-x-16 gap-y-8 lg:grid-cols-[20rem_1fr]">
            <RatingHistogram rating={product.rating} />
            <ReviewList slug={product.slug} />
          </div>
        )}
      </div>
    </section>
  );
}

function ReviewList({ slug }: { slug: string }) {
  const { reviews } = useMessages();
  const client = useQueryClient();
  const query = useInfiniteQuery(reviewsQuery(client, slug));
  // The reviews are the page's addition, not its point: without them the rest stays.
  if (query.isError) return null;
  return (
    <div aria-busy={query.isPending}>
      {query.isPending && <SkeletonText lines={6} />}
      <ul className="-mt-6 divide-y divide-line">
        {query.data?.pages.flatMap((page) => page.items).map((review) => (
          <li key={review.id}>
            <ReviewCard review={review} />
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button className="mt-4" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {reviews.more}
        </Button>
      )}
    </div>
  );
}
