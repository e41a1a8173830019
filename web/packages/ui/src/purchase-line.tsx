import type { ReactNode } from "react";
import { cx } from "./class-names";
import { MarkX } from "./mark";
import { Picture, type PictureImage } from "./picture";

interface PurchaseLineProps {
  image: PictureImage | null;
  /** The name, usually as a link. */
  name: ReactNode;
  options: Readonly<Record<string, string>>;
  /** What the line comes to. */
  amount: ReactNode;
  /** Under the options: a price each, a problem. */
  note?: ReactNode;
  /** At the foot: what can be done with the line. */
  children?: ReactNode;
  size?: "sm" | "md" | "lg";
  /** The line cannot be bought; its picture steps back. */
  faded?: boolean;
}

const pictureSizes = {
  sm: { look: "w-14", sizes: "56px" },
  md: { look: "w-20", sizes: "80px" },
  lg: { look: "w-24 sm:w-32", sizes: "(min-width: 40rem) 128px, 96px" },
} as const;

/** One thing that is, will be or was bought: the same in cart, checkout and order, so that it is recognised. */
export function PurchaseLine({ image, name, options, amount, note, children, size = "md", faded = false }: PurchaseLineProps) {
  const picture = pictureSizes[size];
  const chosen = Object.values(options).join(" · ");
  return (
    <div className={cx("flex", size === "sm" ? "gap-3" : "gap-4")}>
      <div className={cx("shrink-0", picture.look, faded && "opacity-50")}>
        {image ? (
          <Picture image={image} sizes={picture.sizes} decorative className="aspect-4/5 rounded-md" />
        ) : (
          <div className="flex aspect-4/5 items-center justify-center rounded-md bg-surface">
            <MarkX className="w-1/3 text-control" />
          </div>
        )}
      </div>
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="flex items-start justify-between gap-4">
          <div className="min-w-0">
            <p className={cx("leading-snug font-strong", size === "sm" && "text-sm")}>{name}</p>
            {chosen && <p className="text-sm text-muted">{chosen}</p>}
          </div>
          <p className={cx("tabular shrink-0 text-end", size === "sm" && "text-sm")}>{amount}</p>
        </div>
        {note && <div className="mt-0.5 text-sm text-muted">{note}</div>}
        {children && <div className="mt-auto flex flex-wrap items-center gap-x-2 gap-y-2 pt-3">{children}</div>}
      </div>
    </div>
  );
}
