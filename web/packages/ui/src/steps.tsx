import { cx } from "./class-names";
import { Icon } from "./icon";

export interface Step {
  readonly key: string;
  readonly name: string;
  readonly note?: string | undefined;
  readonly reached: "done" | "now" | "ahead" | "stopped";
}

const dots: Record<Step["reached"], string> = {
  done: "bg-ink text-paper",
  now: "bg-good text-paper",
  ahead: "border-2 border-line bg-paper",
  stopped: "bg-bad text-paper",
};

/** How far something has come, as a list; the words say it, the line only helps. */
export function Steps({ steps, label }: { steps: readonly Step[]; label: string }) {
  return (
    <ol aria-label={label} className="flex flex-col sm:flex-row">
      {steps.map(({ key, name, note, reached }, index) => (
        <li
          key={key}
          aria-current={reached === "now" || reached === "stopped" ? "step" : undefined}
          className="relative flex flex-1 gap-3 pb-6 last:pb-0 sm:flex-col sm:pe-4 sm:pb-0"
        >
          {index < steps.length - 1 && (
            <span
              aria-hidden
              className={cx(
                "absolute top-6 bottom-0 left-[0.6875rem] w-0.5 sm:top-[0.6875rem] sm:right-0 sm:bottom-auto sm:left-6 sm:h-0.5 sm:w-auto",
                reached === "done" ? "bg-ink" : "bg-line",
              )}
            />
          )}
          <span className={cx("relative flex size-6 shrink-0 items-center justify-center rounded-full", dots[reached])}>
            {(reached === "done" || reached === "now") && <Icon name="check" className="size-3.5" />}
            {reached === "stopped" && <Icon name="close" className="size-3.5" />}
          </span>
          <span>
            <span className={cx("block font-strong", reached === "ahead" && "text-muted")}>{name}</span>
            {note && <span className="tabular block text-sm text-muted">{note}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
