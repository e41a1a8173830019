import { useMessages } from "@xpressbuy/ui/locale";
import { Skeleton } from "@xpressbuy/ui/skeleton";

export function HomeSkeleton() {
  const { shell } = useMessages();
  return (
    <div aria-busy="true" className="page grid min-h-[90vh] gap-10 pt-10 lg:grid-cols-[5fr_7fr] lg:pt-14">
      <span className="sr-only">{shell.loading}</span>
      <div>
        <Skeleton className="h-14 w-4/5" />
        <Skeleton className="mt-3 h-14 w-3/5" />
        <Skeleton className="mt-8 h-6 w-full max-w-96" />
      </div>
      <div className="grid grid-cols-3 items-start gap-5">
        <Skeleton className="aspect-4/5 rounded-lg lg:mt-40" />
        <Skeleton className="aspect-4/5 rounded-lg lg:mt-20" />
        <Skeleton className="aspect-4/5 rounded-lg" />
      </div>
    </div>
  );
}
