import * as Radix from "@radix-ui/react-dialog";
import { useState, type KeyboardEvent, type ReactNode } from "react";
import { cx } from "./class-names";
import { Icon } from "./icon";
import { useMessages } from "./locale";

interface PanelProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** The title is for readers only; the content shows its own. */
  titleHidden?: boolean;
  description?: string;
  children: ReactNode;
  /** Stays in view under the content that scrolls: the one thing to do. */
  footer?: ReactNode;
}

interface ModalProps {
  className: string;
  described?: boolean;
  onKeyDown?: (event: KeyboardEvent) => void;
  children: ReactNode;
}

/**
 * Mounts when it opens, so what has the focus then is what opened it; there the focus goes back to. Radix itself only knows
 * triggers that are part of the dialog.
 */
function Modal({ className, described = false, onKeyDown, children }: ModalProps) {
  const [opener] = useState(() => document.activeElement);
  return (
    <Radix.Content
      {...(described ? {} : { "aria-describedby": undefined })}
      {...(onKeyDown ? { onKeyDown } : {})}
      onCloseAutoFocus={(event) => {
        event.preventDefault();
        if (opener instanceof HTMLElement) opener.focus();
      }}
      className={className}
    >
      {children}
    </Radix.Content>
  );
}

const overlayLook = "fixed inset-0 z-40 animate-[fade_160ms_var(--ease-out)] bg-veil";

function CloseButton() {
  const { shell } = useMessages();
  return (
    <Radix.Close
      aria-label={shell.close}
      className="-me-2 inline-flex size-11 shrink-0 items-center justify-center rounded-md hover:bg-surface"
    >
      <Icon name="close" />
    </Radix.Close>
  );
}

function PanelContent({ title, titleHidden = false, description, children, footer }: Omit<PanelProps, "open" | "onOpenChange">) {
  return (
    <>
      <div className="flex items-center justify-between gap-4 px-5 pt-3 pb-2">
        <Radix.Title className={titleHidden ? "sr-only" : "display text-xl"}>{title}</Radix.Title>
        <span className="ms-auto">
          <CloseButton />
        </span>
      </div>
      {description && <Radix.Description className="px-5 pb-2 text-sm text-muted">{description}</Radix.Description>}
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 pb-5">{children}</div>
      {footer && <div className="border-t border-line px-5 py-4">{footer}</div>}
    </>
  );
}

/** A question in the middle of the screen. */
export function Dialog({ open, onOpenChange, ...content }: PanelProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={overlayLook} />
        <Modal
          described={Boolean(content.description)}
          className={cx(
            "fixed top-1/2 left-1/2 z-50 flex max-h-[min(85dvh,44rem)] w-[min(92vw,32rem)] -translate-x-1/2 -translate-y-1/2 flex-col",
            "animate-[fade_160ms_var(--ease-out)] rounded-lg bg-raised shadow-float",
          )}
        >
          <PanelContent {...content} />
        </Modal>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** A sheet from the side; on narrow screens nearly all of the width. `start` is where the menu lives, `end` the cart. */
export function Drawer({ open, onOpenChange, side = "end", ...content }: PanelProps & { side?: "start" | "end" }) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={overlayLook} />
        <Modal
          described={Boolean(content.description)}
          className={cx(
            "fixed inset-y-0 z-50 flex w-[min(100vw-2.5rem,27rem)] flex-col bg-raised shadow-float",
            side === "end"
              ? "right-0 animate-[slide-in_200ms_var(--ease-out)]"
              : "left-0 animate-[slide-in-start_200ms_var(--ease-out)]",
          )}
        >
          <PanelContent {...content} />
        </Modal>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface FullScreenProps {
  title: string;
  onClose: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  /** At the start of the row that the close button ends. */
  bar: ReactNode;
  children: ReactNode;
}

/** The whole window for one thing, such as a picture. Render it while it is open. */
export function FullScreen({ title, onClose, onKeyDown, bar, children }: FullScreenProps) {
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Modal
          {...(onKeyDown ? { onKeyDown } : {})}
          className="fixed inset-0 z-50 flex animate-[fade_160ms_var(--ease-out)] flex-col bg-paper"
        >
          <Radix.Title className="sr-only">{title}</Radix.Title>
          <div className="flex items-center gap-1 px-6 py-2">
            {bar}
            <CloseButton />
          </div>
          {children}
        </Modal>
      </Radix.Portal>
    </Radix.Root>
  );
}
