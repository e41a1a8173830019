import { useId } from "react";
import { Icon, type IconName } from "@xpressbuy/ui/icon";
import { useMessages } from "@xpressbuy/ui/locale";
import { setTheme, useTheme, type Theme } from "@/lib/theme";

const choices: readonly (readonly [Theme, IconName])[] = [
  ["system", "device"],
  ["light", "sun"],
  ["dark", "moon"],
];

export function ThemeChoice() {
  const { shell } = useMessages();
  const theme = useTheme();
  const name = useId();
  return (
    <fieldset className="flex items-center gap-3">
      <legend className="sr-only">{shell.theme.label}</legend>
      <div className="inline-flex rounded-md border border-line bg-paper p-0.5">
        {choices.map(([value, icon]) => (
          <label
            key={value}
            title={shell.theme[value]}
            className={
              "flex size-11 cursor-pointer items-center justify-center rounded-sm text-muted transition-colors duration-150 " +
              "hover:text-ink has-checked:bg-ink has-checked:text-paper " +
              "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ink"
            }
          >
            <input
              type="radio"
              name={name}
              value={value}
              checked={theme === value}
              onChange={() => setTheme(value)}
              className="sr-only"
              aria-label={shell.theme[value]}
            />
            <Icon name={icon} className="size-4" />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
