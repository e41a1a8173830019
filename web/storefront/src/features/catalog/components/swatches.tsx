import type { Swatch } from "@xpressbuy/client/types";
import { useMessages } from "@xpressbuy/ui/locale";

const shownMax = 4;

/** The colours a product comes in, small and for the eye; readers hear their names. */
export function Swatches({ swatches }: { swatches: readonly Swatch[] }) {
  const { list } = useMessages();
  const coloured = swatches.filter((swatch) => swatch.hex);
  if (coloured.length < 2) return null;
  return (
    <span className="inline-flex items-center gap-1">
      <span className="sr-only">{list.colours(coloured.map((swatch) => swatch.value).join(", "))}</span>
      {coloured.slice(0, shownMax).map((swatch) => (
        <span
          key={swatch.value}
          aria-hidden
          className="size-3 rounded-full border border-ink/25"
          style={{ backgroundColor: swatch.hex ?? undefined }}
        />
      ))}
      {coloured.length > shownMax && (
        <span aria-hidden className="tabular text-xs text-muted">
          {list.moreColours(coloured.length - shownMax)}
        </span>
      )}
    </span>
  );
}
