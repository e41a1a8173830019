import { Link } from "react-router";
import type { Category } from "@xpressbuy/client/types";
import { Breadcrumbs } from "@xpressbuy/ui/breadcrumbs";
import { useMessages } from "@xpressbuy/ui/locale";
import { paths } from "@/config/paths";

interface CategoryHeadingProps {
  title: string;
  /** From the root down to the parent. */
  trail: readonly Category[];
  /** The categories one level below. */
  branches: readonly Category[];
}

export function CategoryHeading({ title, trail, branches }: CategoryHeadingProps) {
  const { shell } = useMessages();
  return (
    <div className="pt-6 pb-8">
      <Breadcrumbs label={shell.breadcrumbs}>
        <Link to={paths.home()}>{shell.home}</Link>
        {trail.map((category) => (
          <Link key={category.slug} to={paths.category(category.slug)}>
            {category.name}
          </Link>
        ))}
      </Breadcrumbs>
      <h1 className="display mt-3 text-4xl md:text-6xl">{title}</h1>
      {branches.length > 0 && (
        <nav aria-label={title}>
          <ul className="mt-6 flex flex-wrap gap-2">
            {branches.map((child) => (
              <li key={child.slug}>
                <Link
                  to={paths.category(child.slug)}
                  className="flex min-h-11 items-center gap-2 rounded-full border border-line px-4 text-sm transition-colors duration-150 hover:border-ink"
                >
                  {child.name}
                  <span className="tabular text-muted">{child.product_count}</span>
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </div>
  );
}
