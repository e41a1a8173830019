import type { ReactNode } from "react";
import { MarkX } from "@xpressbuy/ui/mark";

interface AuthCardProps {
  title: string;
  text: string;
  children: ReactNode;
  /** Where else to go, under the form. */
  footer?: ReactNode;
}

/** One thing to do in the middle of the page. */
export function AuthCard({ title, text, children, footer }: AuthCardProps) {
  return (
    <div className="page flex min-h-[70vh] flex-col items-center py-10 sm:py-16">
      <div className="w-full max-w-md">
        <MarkX className="mb-6 h-10 w-11 text-accent" />
        <h1 className="display text-3xl sm:text-4xl">{title}</h1>
        <p className="mt-2 mb-8 text-muted">{text}</p>
        {children}
        {footer && <div className="mt-8 space-y-1 border-t border-line pt-5 text-sm text-muted">{footer}</div>}
      </div>
    </div>
  );
}
