import { Button } from "./button";
import { useMessages } from "./locale";
import { Notice } from "./notice";

interface TroubleProps {
  /** What did not work, in a sentence. */
  text: string;
  onRetry: () => void;
  busy?: boolean;
  className?: string;
}

/** A part of a page that could not be fetched: says so in its place and offers another try; the rest of the page stands. */
export function Trouble({ text, onRetry, busy = false, className = "" }: TroubleProps) {
  const { shell } = useMessages();
  return (
    <Notice tone="bad" live className={className}>
      <p>{text}</p>
      <Button onClick={onRetry} busy={busy} className="mt-2">
        {shell.failed.retry}
      </Button>
    </Notice>
  );
}
