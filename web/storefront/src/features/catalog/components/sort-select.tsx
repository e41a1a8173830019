import { useId } from "react";
import type { ProductSort } from "@xpressbuy/client/types";
import { Icon } from "@xpressbuy/ui/icon";
import { useMessages } from "@xpressbuy/ui/locale";

interface SortSelectProps {
  value: ProductSort;
  options: readonly ProductSort[];
  onChange: (sort: ProductSort) => void;
}

export function SortSelect({ value, options, onChange }: SortSelectProps) {
  const { list } = useMessages();
  const id = useId();
  return (
    <div className="relative flex items-center gap-2 text-sm">
      <label htmlFor={id} className="text-muted max-sm:sr-only">
        {list.sortLabel}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          const sort = options.find((option) => option === event.target.value);
          if (sort) onChange(sort);
        }}
        className="h-11 appearance-none rounded-md border border-control bg-transparent ps-3 pe-9 text-base hover:border-ink sm:text-sm"
      >
        {options.map((option) => (
          <option key={option} value={option} className="bg-raised text-ink">
            {list.sorts[option]}
          </option>
        ))}
      </select>
      <Icon name="chevron-down" className="pointer-events-none absolute end-3 size-4" />
    </div>
  );
}
