import type { en } from "./en";

/**
 * Every language has exactly the messages of English: a missing one, or one with other parameters, does not compile.
 */
export type Widened<T> = T extends string
  ? string
  : T extends (...parameters: infer P) => string
    ? (...parameters: P) => string
    : { readonly [K in keyof T]: Widened<T[K]> };

export type Messages = Widened<typeof en>;
