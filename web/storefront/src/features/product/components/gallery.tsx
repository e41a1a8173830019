import { lazy, Suspense, useRef, useState } from "react";
import type { Image } from "@xpressbuy/client/types";
import { cx } from "@xpressbuy/ui/class-names";
import { Icon } from "@xpressbuy/ui/icon";
import { useMessages } from "@xpressbuy/ui/locale";
import { Picture } from "@xpressbuy/ui/picture";

const Lightbox = lazy(() => import("./lightbox").then((module) => ({ default: module.Lightbox })));

interface GalleryProps {
  images: readonly Image[];
  transitionName: string;
}

/**
 * One picture at a time on a track that a finger can push, with thumbnails that say what else there is. Give it a new key
 * when the pictures change, and it starts again at the first.
 */
export function Gallery({ images, transitionName }: GalleryProps) {
  const { product } = useMessages();
  const [current, setCurrent] = useState(0);
  const [enlarged, setEnlarged] = useState<number | null>(null);
  const track = useRef<HTMLUListElement>(null);

  const show = (index: number) => {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const width = track.current?.clientWidth ?? 0;
    track.current?.scrollTo({ left: index * width, behavior: calm ? "instant" : "smooth" });
  };

  return (
    <section aria-label={product.gallery.label} className="md:grid md:grid-cols-[4.75rem_1fr] md:gap-4">
      <div className="relative md:col-start-2">
        <ul
          ref={track}
          onScroll={({ currentTarget: { scrollLeft, clientWidth } }) =>
            setCurrent(Math.round(scrollLeft / Math.max(1, clientWidth)))
          }
          className="flex snap-x snap-mandatory overflow-x-auto overscroll-x-contain rounded-lg [scrollbar-width:none]"
        >
          {images.map((image, index) => (
            <li key={image.src} className="w-full shrink-0 snap-start">
              <button
                type="button"
                aria-label={product.gallery.enlarge(image.alt)}
                onClick={() => setEnlarged(index)}
                className="block w-full cursor-zoom-in rounded-lg -outline-offset-4"
              >
                <Picture
                  image={image}
                  sizes="(min-width: 80rem) 640px, (min-width: 64rem) 50vw, (min-width: 48rem) 88vw, 96vw"
                  eager={index === 0}
                  decorative
                  transitionName={index === 0 ? transitionName : undefined}
                  className="aspect-4/5"
                />
              </button>
            </li>
          ))}
        </ul>
        <span aria-hidden className="pointer-events-none absolute right-3 bottom-3 flex size-9 items-center justify-center rounded-md bg-raised">
          <Icon name="zoom" className="size-4" />
        </span>
      </div>
      {images.length > 1 && <Thumbnails images={images} current={current} onShow={show} />}
      {enlarged !== null && (
        <Suspense>
          <Lightbox images={images} start={enlarged} onClose={() => setEnlarged(null)} />
        </Suspense>
      )}
    </section>
  );
}

interface ThumbnailsProps {
  images: readonly Image[];
  current: number;
  onShow: (index: number) => void;
}

function Thumbnails({ images, current, onShow }: ThumbnailsProps) {
  const { gallery } = useMessages().product;
  return (
    <div className="mt-3 md:relative md:col-start-1 md:row-start-1 md:mt-0">
      <ul className="flex gap-2 overflow-auto p-0.5 [scrollbar-width:none] md:absolute md:inset-0 md:flex-col">
        {images.map((image, index) => (
          <li key={image.src} className="w-14 shrink-0 md:w-auto">
            <button
              type="button"
              aria-label={gallery.show(index + 1, images.length)}
              aria-current={index === current || undefined}
              onClick={() => onShow(index)}
              className={cx(
                "block w-full overflow-clip rounded-md transition-opacity duration-150",
                index === current ? "shadow-[0_0_0_2px_var(--color-ink)]" : "opacity-75 hover:opacity-100",
              )}
            >
              <Picture image={image} sizes="72px" decorative className="aspect-4/5" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
