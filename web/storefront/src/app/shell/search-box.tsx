import { useEffect, useRef } from "react";
import { useLocation, useNavigate, useSearchParams } from "react-router";
import { Icon } from "@xpressbuy/ui/icon";
import { useMessages } from "@xpressbuy/ui/locale";
import { searchWordsLengthMax } from "@/config/limits";
import { paths } from "@/config/paths";

/** The typed words stay in the box on the results page, and come back with the back button. */
export function SearchBox() {
  const { shell } = useMessages();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [parameters] = useSearchParams();
  const input = useRef<HTMLInputElement>(null);
  const words = pathname === "/search" ? (parameters.get("q") ?? "") : "";

  useEffect(() => {
    if (input.current) input.current.value = words;
  }, [words]);

  return (
    <search>
      <form
        action="/search"
        className="relative"
        onSubmit={(event) => {
          event.preventDefault();
          const typed = input.current?.value.trim() ?? "";
          if (typed) void navigate(paths.search(typed));
        }}
      >
        <input
          ref={input}
          type="search"
          name="q"
          defaultValue={words}
          maxLength={searchWordsLengthMax}
          autoComplete="off"
          enterKeyHint="search"
          aria-label={shell.search.label}
          placeholder={shell.search.placeholder}
          className={
            "h-11 w-full rounded-md border border-transparent bg-surface ps-11 pe-3 text-base text-ellipsis placeholder:text-muted " +
            "transition-colors duration-150 hover:border-control focus:border-control md:text-sm"
          }
        />
        <button
          type="submit"
          aria-label={shell.search.submit}
          className="absolute inset-y-0 start-0 flex w-11 items-center justify-center rounded-md text-muted hover:text-ink"
        >
          <Icon name="search" />
        </button>
      </form>
    </search>
  );
}
