import { useLayoutEffect, useRef, type PointerEvent } from "react";
import type { Image } from "@xpressbuy/client/types";
import { cx } from "@xpressbuy/ui/class-names";
import { Picture } from "@xpressbuy/ui/picture";

interface ZoomablePictureProps {
  image: Image;
  zoomed: boolean;
  onZoomedChange: (zoomed: boolean) => void;
}

/** A pointer that moved further than this was dragging, not clicking. */
const clickSlackPx = 6;

/**
 * Zoomed, the picture is larger than its window and the window scrolls: fingers, wheel and arrow keys then work by
 * themselves, and only dragging with a mouse has to be added.
 */
export function ZoomablePicture({ image, zoomed, onZoomedChange }: ZoomablePictureProps) {
  const view = useRef<HTMLDivElement>(null);
  const focus = useRef({ x: 0.5, y: 0.5 });
  const drag = useDrag();

  useLayoutEffect(() => {
    const element = view.current;
    if (!element || !zoomed) return;
    element.scrollLeft = focus.current.x * element.scrollWidth - element.clientWidth / 2;
    element.scrollTop = focus.current.y * element.scrollHeight - element.clientHeight / 2;
    element.focus();
  }, [zoomed]);

  return (
    <div
      ref={view}
      tabIndex={zoomed ? 0 : -1}
      role={zoomed ? "group" : undefined}
      aria-label={zoomed ? image.alt : undefined}
      onPointerDown={drag.onPointerDown}
      onPointerMove={drag.onPointerMove}
      onClick={(event) => {
        if (drag.moved(event.clientX, event.clientY) > clickSlackPx) return;
        const box = event.currentTarget.getBoundingClientRect();
        focus.current = { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
        onZoomedChange(!zoomed);
      }}
      className={cx(
        "h-full w-full -outline-offset-4",
        zoomed ? "cursor-zoom-out overflow-auto" : "flex cursor-zoom-in justify-center overflow-hidden",
      )}
    >
      <Picture
        image={image}
        sizes={zoomed ? "1600px" : "(min-width: 48rem) 80vh, 100vw"}
        eager
        className={cx(
          "[&_img]:pointer-events-none",
          zoomed ? "mx-auto aspect-4/5 w-[max(160vw,110vh)] sm:w-[max(110vw,110vh)]" : "[&_img]:object-contain",
        )}
      />
    </div>
  );
}

function useDrag() {
  const start = useRef({ x: 0, y: 0, left: 0, top: 0 });
  return {
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      const { scrollLeft, scrollTop } = event.currentTarget;
      start.current = { x: event.clientX, y: event.clientY, left: scrollLeft, top: scrollTop };
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      if (event.pointerType !== "mouse" || event.buttons !== 1) return;
      event.currentTarget.scrollLeft = start.current.left - (event.clientX - start.current.x);
      event.currentTarget.scrollTop = start.current.top - (event.clientY - start.current.y);
    },
    moved: (x: number, y: number) => Math.hypot(x - start.current.x, y - start.current.y),
  };
}
