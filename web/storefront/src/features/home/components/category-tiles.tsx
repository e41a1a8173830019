import { Link } from "react-router";
import type { Category } from "@xpressbuy/client/types";
import { useMessages } from "@xpressbuy/ui/locale";
import { Picture } from "@xpressbuy/ui/picture";
import { paths } from "@/config/paths";

const tilesMax = 6;

export function CategoryTiles({ categories }: { categories: readonly Category[] }) {
  const { home } = useMessages();
  const shown = categories.filter((one) => one.product_count > 0).slice(0, tilesMax);
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="categories" className="page">
      <h2 id="categories" className="display mb-6 text-2xl md:text-3xl">
        {home.categories}
      </h2>
      <ul className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:auto-cols-[minmax(0,20rem)] lg:grid-flow-col lg:grid-cols-none">
        {shown.map((category) => (
          <li key={category.slug}>
            <CategoryTile category={category} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function CategoryTile({ category }: { category: Category }) {
  return (
    <Link to={paths.category(category.slug)} viewTransition className="group block rounded-lg">
      <span className="block overflow-clip rounded-lg bg-surface">
        {category.image ? (
          <Picture
            image={category.image}
            sizes="(min-width: 64rem) 200px, (min-width: 40rem) 30vw, 46vw"
            decorative
            className="aspect-square transition-transform duration-200 ease-out group-hover:scale-[1.03]"
          />
        ) : (
          <span className="block aspect-square" />
        )}
      </span>
      <span className="mt-3 flex items-baseline justify-between gap-2">
        <span className="display text-lg group-hover:underline group-hover:decoration-2 group-hover:underline-offset-4">
          {category.name}
        </span>
        <span className="tabular text-sm text-muted">{category.product_count}</span>
      </span>
    </Link>
  );
}
