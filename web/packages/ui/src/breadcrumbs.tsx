import { Children, type ReactNode } from "react";

interface BreadcrumbsProps {
  label: string;
  /** Links, from the home page down; the page itself is named by its headline. */
  children: ReactNode;
}

export function Breadcrumbs({ label, children }: BreadcrumbsProps) {
  return (
    <nav aria-label={label}>
      <ol className="flex flex-wrap items-center text-sm text-muted">
        {Children.toArray(children).map((link, index, all) => (
          <li
            key={index}
            className="flex items-center [&_a]:flex [&_a]:min-h-11 [&_a]:items-center [&_a]:hover:text-ink [&_a]:hover:underline [&_a]:hover:underline-offset-4"
          >
            {link}
            {index < all.length - 1 && (
              // After the link, so that a line never begins with it.
              <span aria-hidden className="px-2 text-control">
                /
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
