import type { ReactNode } from "react";
import { MarkX } from "./mark";

interface EmptyStateProps {
  title: string;
  text: string;
  /** Where to go from here. */
  children?: ReactNode;
  /** The page has no other headline. */
  asPage?: boolean;
}

export function EmptyState({ title, text, children, asPage = false }: EmptyStateProps) {
  const Heading = asPage ? "h1" : "h2";
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-4 py-20 text-center">
      <MarkX className="mb-2 h-12 w-13 text-line" />
      <Heading className="display text-2xl">{title}</Heading>
      <p className="text-muted">{text}</p>
      {children && <div className="mt-2 flex flex-wrap justify-center gap-3">{children}</div>}
    </div>
  );
}
