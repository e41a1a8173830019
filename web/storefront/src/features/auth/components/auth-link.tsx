import type { ReactNode } from "react";
import { Link } from "react-router";

interface AuthLinkProps {
  to: string;
  /** What is carried to the next page without standing in its address. */
  state?: Hint;
  children: ReactNode;
}

/** What one page of signing up or in tells the next: kept in the history entry, so an e-mail address never stands in a URL. */
export interface Hint {
  readonly email?: string;
  readonly name?: string;
  readonly next?: string;
}

export function hintIn(state: unknown): Hint {
  if (typeof state !== "object" || state === null) return {};
  const { email, name, next } = state as Record<keyof Hint, unknown>;
  return {
    ...(typeof email === "string" && { email }),
    ...(typeof name === "string" && { name }),
    ...(typeof next === "string" && { next }),
  };
}

export function AuthLink({ to, state, children }: AuthLinkProps) {
  return (
    <Link
      to={to}
      state={state}
      className="inline-flex min-h-11 items-center text-ink underline underline-offset-4 hover:text-accent-text"
    >
      {children}
    </Link>
  );
}
