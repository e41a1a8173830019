import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";
import { Skeleton } from "@xpressbuy/ui/skeleton";

export function OrderSkeleton() {
  const { shell } = useShopperMessages();
  return (
    <div aria-busy="true" className="space-y-8">
      <span className="sr-only">{shell.loading}</span>
      <Skeleton className="h-32 rounded-lg" />
      {[0, 1].map((index) => (
        <div key={index} className="flex gap-4">
          <Skeleton className="aspect-4/5 w-20 rounded-md" />
          <div className="flex-1 space-y-2">
            <Skeleton className="h-5 w-3/5" />
            <Skeleton className="h-4 w-2/5" />
          </div>
        </div>
      ))}
    </div>
  );
}
