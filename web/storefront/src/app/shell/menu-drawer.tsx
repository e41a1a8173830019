import { Link } from "react-router";
import type { Category } from "@xpressbuy/client/types";
import { Drawer } from "@xpressbuy/ui/dialog";
import { useMessages } from "@xpressbuy/ui/locale";
import { paths } from "@/config/paths";
import { childrenOf, topCategories, useCategories } from "@/lib/categories";
import { ThemeChoice } from "./theme-choice";

interface MenuDrawerProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function MenuDrawer({ open, onOpenChange }: MenuDrawerProps) {
  const { shell } = useMessages();
  const categories = useCategories();
  const close = () => onOpenChange(false);
  return (
    <Drawer side="start" open={open} onOpenChange={onOpenChange} title={shell.menuTitle} footer={<ThemeChoice />}>
      <nav aria-label={shell.mainNavigation}>
        <ul className="divide-y divide-line">
          <li>
            <MenuLink to={paths.everything()} onFollow={close} name={shell.allProducts} />
          </li>
          {topCategories(categories).map((category) => (
            <MenuBranch key={category.slug} category={category} categories={categories} onFollow={close} />
          ))}
        </ul>
      </nav>
    </Drawer>
  );
}

interface MenuLinkProps {
  to: string;
  name: string;
  count?: number;
  onFollow: () => void;
}

function MenuLink({ to, name, count, onFollow }: MenuLinkProps) {
  return (
    <Link to={to} onClick={onFollow} className="flex min-h-13 items-center justify-between gap-4 hover:text-accent-text">
      <span className="display text-lg">{name}</span>
      {count !== undefined && <span className="tabular text-sm text-muted">{count}</span>}
    </Link>
  );
}

interface MenuBranchProps {
  category: Category;
  categories: readonly Category[];
  onFollow: () => void;
}

function MenuBranch({ category, categories, onFollow }: MenuBranchProps) {
  const children = childrenOf(categories, category.slug);
  return (
    <li>
      <MenuLink
        to={paths.category(category.slug)}
        name={category.name}
        count={category.product_count}
        onFollow={onFollow}
      />
      {children.length > 0 && (
        <ul className="grid grid-cols-2 gap-x-4 pb-3">
          {children.map((child) => (
            <li key={child.slug}>
              <Link
                to={paths.category(child.slug)}
                onClick={onFollow}
                className="flex min-h-11 items-center text-sm text-muted hover:text-ink"
              >
                {child.name}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
