import { useEffect, useRef } from "react";
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { prefetchedInViewMax } from "@/config/limits";
import { isSavingData } from "./connection";
import { fetchAhead } from "./fetch-ahead";
import { productQuery } from "./product";

/** Long enough that a card scrolled past is not fetched. */
const restMs = 350;

let prefetchedInView = 0;

function prefetch(client: QueryClient, slug: string): void {
  if (!isSavingData()) fetchAhead(client, productQuery(slug));
}

/**
 * Fetches a product before it is asked for: where there is a pointer, when it comes over the card or the keyboard reaches
 * it; on touch screens, when the card rests in view.
 */
export function useProductPrefetch<E extends HTMLElement>(slug: string) {
  const client = useQueryClient();
  const element = useRef<E>(null);

  useEffect(() => {
    const target = element.current;
    if (!target || matchMedia("(hover: hover)").matches) return;
    let timer = 0;
    const observer = new IntersectionObserver(([entry]) => {
      window.clearTimeout(timer);
      if (!entry?.isIntersecting || prefetchedInView >= prefetchedInViewMax) return;
      timer = window.setTimeout(() => {
        prefetchedInView += 1;
        observer.disconnect();
        prefetch(client, slug);
      }, restMs);
    });
    observer.observe(target);
    return () => {
      window.clearTimeout(timer);
      observer.disconnect();
    };
  }, [client, slug]);

  const now = () => prefetch(client, slug);
  return { ref: element, onPointerEnter: now, onFocus: now };
}
