import { cx } from "./class-names";
import { IconButton } from "./button";
import { Icon } from "./icon";
import { useMessages } from "./locale";

export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

export interface ToastItem {
  readonly id: number;
  readonly tone: "plain" | "bad";
  readonly text: string;
  readonly action?: ToastAction | undefined;
}

interface ToastRegionProps {
  toasts: readonly ToastItem[];
  onDismiss: (id: number) => void;
}

/** The region is always in the page, because readers only hear what is put into a region they already know. */
export function ToastRegion({ toasts, onDismiss }: ToastRegionProps) {
  const { shell } = useMessages();
  return (
    <div
      role="region"
      aria-label={shell.notifications}
      className="pointer-events-none fixed inset-x-0 bottom-0 z-60 flex flex-col items-center gap-2 p-4 sm:items-end sm:p-6"
    >
      <div aria-live="polite" className="flex w-full max-w-sm flex-col gap-2">
        {toasts.map((toast) => (
          <div
            key={toast.id}
            className={cx(
              "pointer-events-auto flex items-center gap-2 rounded-md bg-ink py-1 ps-4 pe-1 text-sm text-paper shadow-float",
              "animate-[rise_180ms_var(--ease-out)]",
            )}
          >
            {toast.tone === "bad" && <Icon name="warning" className="size-4" />}
            <p className="flex-1 py-2.5">{toast.text}</p>
            {toast.action && (
              <button
                type="button"
                className="min-h-11 rounded-sm px-3 font-strong underline underline-offset-4"
                onClick={() => {
                  toast.action?.run();
                  onDismiss(toast.id);
                }}
              >
                {toast.action.label}
              </button>
            )}
            <IconButton
              label={shell.dismiss}
              onClick={() => onDismiss(toast.id)}
              className="text-paper hover:bg-transparent focus-visible:outline-paper"
            >
              <Icon name="close" className="size-4" />
            </IconButton>
          </div>
        ))}
      </div>
    </div>
  );
}
