import type { ProductDetail } from "@xpressbuy/client/types";
import { Disclosure } from "@xpressbuy/ui/disclosure";
import { useMessages } from "@xpressbuy/ui/locale";

/** The description stands in the open; the details can be folded away. No tabs: what is behind a tab is not found. */
export function ProductFacts({ product }: { product: ProductDetail }) {
  const { product: text } = useMessages();
  const paragraphs = product.description.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== "");
  return (
    <div>
      {paragraphs.length > 0 && (
        <section aria-labelledby="description" className="pb-6">
          <h2 id="description" className="sr-only">
            {text.description}
          </h2>
          <div className="space-y-4">
            {paragraphs.map((paragraph, index) => (
              <p key={index} className="whitespace-pre-line">
                {paragraph}
              </p>
            ))}
          </div>
        </section>
      )}
      {product.details.length > 0 && (
        <Disclosure summary={text.details} defaultOpen>
          <ul className="space-y-2 text-sm text-muted">
            {product.details.map((detail) => (
              <li key={detail} className="flex gap-3">
                <span aria-hidden className="mt-[0.65em] h-px w-3 shrink-0 bg-control" />
                {detail}
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </div>
  );
}
