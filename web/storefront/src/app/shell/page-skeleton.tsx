import { useMessages } from "@xpressbuy/ui/locale";
import { Skeleton } from "@xpressbuy/ui/skeleton";

/** Any page while its code is on the way: tall enough that the footer does not jump into view. */
export function PageSkeleton() {
  const { shell } = useMessages();
  return (
    <div className="page min-h-[90vh] py-10" aria-busy="true">
      <span className="sr-only">{shell.loading}</span>
      <Skeleton className="h-10 w-2/5" />
      <div className="mt-10 grid grid-cols-2 gap-4 md:grid-cols-3 lg:grid-cols-4">
        {Array.from({ length: 8 }, (_, index) => (
          <Skeleton key={index} className="aspect-4/5 rounded-lg" />
        ))}
      </div>
    </div>
  );
}
