import { Link } from "react-router";
import { useMessages } from "@xpressbuy/ui/locale";
import { Wordmark } from "@xpressbuy/ui/mark";
import { paths } from "@/config/paths";
import { topCategories, useCategories } from "@/lib/categories";
import { ThemeChoice } from "./theme-choice";

type FooterLink = readonly [to: string, name: string];

export function Footer() {
  const { shell } = useMessages();
  const categories = topCategories(useCategories());
  const shop: FooterLink[] = [
    [paths.everything({ sort: "newest" }), shell.footer.newest],
    [paths.everything({ sort: "best_selling" }), shell.footer.bestSelling],
    ...categories.map((category): FooterLink => [paths.category(category.slug), category.name]),
  ];
  const yours: FooterLink[] = [
    [paths.accountOrders(), shell.footer.orders],
    [paths.account(), shell.footer.account],
    [paths.cart(), shell.cart],
  ];
  return (
    <footer className="mt-24 overflow-clip border-t border-line bg-surface">
      <div className="page grid gap-x-8 gap-y-10 pt-12 pb-10 md:grid-cols-[2fr_2fr_1fr]">
        <div className="flex flex-col items-start gap-6">
          <p className="display max-w-[18ch] text-2xl">{shell.footer.promise}</p>
          <ThemeChoice />
        </div>
        <FooterColumn title={shell.footer.shop} links={shop} columns />
        <FooterColumn title={shell.footer.yours} links={yours} />
      </div>
      <div className="page flex items-end justify-between gap-8">
        <p className="tabular shrink-0 py-4 text-sm text-muted">{shell.footer.rights(new Date().getFullYear())}</p>
        <Wordmark className="-mb-[5%] h-auto w-3/5 max-w-3xl text-line" />
      </div>
    </footer>
  );
}

interface FooterColumnProps {
  title: string;
  links: readonly FooterLink[];
  columns?: boolean;
}

function FooterColumn({ title, links, columns = false }: FooterColumnProps) {
  return (
    <nav aria-label={title}>
      <h2 className="text-sm text-muted">{title}</h2>
      <ul className={columns ? "mt-2 columns-2 gap-8" : "mt-2"}>
        {links.map(([to, name]) => (
          <li key={to} className="break-inside-avoid">
            <Link to={to} className="flex min-h-11 items-center text-sm hover:underline hover:underline-offset-4">
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
