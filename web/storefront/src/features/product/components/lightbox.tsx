import { useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import type { Image } from "@xpressbuy/client/types";
import { IconButton } from "@xpressbuy/ui/button";
import { FullScreen } from "@xpressbuy/ui/dialog";
import { Icon } from "@xpressbuy/ui/icon";
import { useMessages } from "@xpressbuy/ui/locale";
import { ZoomablePicture } from "./zoomable-picture";

interface LightboxProps {
  images: readonly Image[];
  start: number;
  onClose: () => void;
}

/** A finger has to go this far for a push to mean the next picture. */
const swipeMinPx = 48;

/** One picture as large as the window. Mouse: click to zoom, drag to move. Touch: push, tap, drag. Keys: arrows, plus, minus, escape. */
export function Lightbox({ images, start, onClose }: LightboxProps) {
  const { product } = useMessages();
  const [index, setIndex] = useState(start);
  const [zoomed, setZoomed] = useState(false);
  const image = images[index];

  const move = (by: number) => {
    setZoomed(false);
    setIndex((index + by + images.length) % images.length);
  };
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === "+" || key === "=") setZoomed(true);
    if (key === "-") setZoomed(false);
    // Arrows move over the picture while it is larger than the window.
    if (!zoomed && key === "ArrowRight") move(1);
    if (!zoomed && key === "ArrowLeft") move(-1);
  };
  const swipe = useSwipe(zoomed ? undefined : move);

  if (!image) return null;
  return (
    <FullScreen
      title={product.gallery.lightbox}
      onClose={onClose}
      onKeyDown={onKeyDown}
      bar={
        <LightboxBar
          position={product.gallery.position(index + 1, images.length)}
          zoomed={zoomed}
          onZoom={() => setZoomed(!zoomed)}
        />
      }
    >
      <div {...swipe} className="relative min-h-0 flex-1">
        <ZoomablePicture key={image.src} image={image} zoomed={zoomed} onZoomedChange={setZoomed} />
        {images.length > 1 && <Arrows onMove={move} />}
      </div>
    </FullScreen>
  );
}

interface LightboxBarProps {
  position: string;
  zoomed: boolean;
  onZoom: () => void;
}

function LightboxBar({ position, zoomed, onZoom }: LightboxBarProps) {
  const { gallery } = useMessages().product;
  return (
    <>
      <p aria-live="polite" className="tabular me-auto text-sm text-muted">
        {position}
      </p>
      <IconButton label={zoomed ? gallery.zoomOut : gallery.zoomIn} onClick={onZoom}>
        <Icon name={zoomed ? "minus" : "plus"} />
      </IconButton>
    </>
  );
}

function Arrows({ onMove }: { onMove: (by: number) => void }) {
  const { gallery } = useMessages().product;
  const look = "absolute top-1/2 -translate-y-1/2 bg-raised shadow-float max-sm:hidden";
  return (
    <>
      <IconButton label={gallery.previous} onClick={() => onMove(-1)} className={`${look} left-4`}>
        <Icon name="chevron-left" />
      </IconButton>
      <IconButton label={gallery.next} onClick={() => onMove(1)} className={`${look} right-4`}>
        <Icon name="chevron-right" />
      </IconButton>
    </>
  );
}

/** Pushing sideways with a finger; a mouse drags for other reasons. */
function useSwipe(onSwipe: ((by: number) => void) | undefined) {
  const from = useRef<number | null>(null);
  return {
    onPointerDown: (event: PointerEvent) => {
      from.current = event.pointerType === "touch" && event.isPrimary ? event.clientX : null;
    },
    onPointerUp: (event: PointerEvent) => {
      if (from.current === null) return;
      const distance = event.clientX - from.current;
      from.current = null;
      if (Math.abs(distance) >= swipeMinPx) onSwipe?.(distance < 0 ? 1 : -1);
    },
    onPointerCancel: () => {
      from.current = null;
    },
  };
}
