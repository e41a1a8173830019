import { useMessages } from "@xpressbuy/ui/locale";
import { Skeleton, SkeletonText } from "@xpressbuy/ui/skeleton";

export function ProductSkeleton() {
  const { shell } = useMessages();
  return (
    <div aria-busy="true" className="page grid gap-8 pt-6 pb-20 lg:grid-cols-[7fr_5fr] lg:gap-16">
      <span className="sr-only">{shell.loading}</span>
      <Skeleton className="aspect-4/5 rounded-lg md:ms-[5.5rem]" />
      <div className="flex flex-col gap-6">
        <Skeleton className="h-5 w-24" />
        <Skeleton className="h-12 w-4/5" />
        <Skeleton className="h-8 w-32" />
        <Skeleton className="h-11 w-full" />
        <Skeleton className="h-13 w-full" />
        <SkeletonText lines={4} />
      </div>
    </div>
  );
}
