import { cx } from "./class-names";

/** Holds the place of what is loading. Hidden from readers; the region around it says that it is busy. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={cx("block animate-[shimmer_1400ms_ease-in-out_infinite] rounded-sm bg-surface", className)}
    />
  );
}

/** Lines of text to come, the last one shorter, as paragraphs end. */
export function SkeletonText({ lines }: { lines: number }) {
  return (
    <span aria-hidden className="block space-y-2">
      {Array.from({ length: lines }, (_, index) => (
        <Skeleton key={index} className={cx("h-4", index === lines - 1 ? "w-3/5" : "w-full")} />
      ))}
    </span>
  );
}
