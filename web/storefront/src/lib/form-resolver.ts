import type { FieldErrors, FieldValues, Resolver } from "react-hook-form";

/** Mistakes as the rules find them: a word for each field, nested as the form is. */
export interface MistakeTree {
  readonly [field: string]: string | MistakeTree | undefined;
}

type ErrorTree = Record<string, unknown>;

function errorTree(mistakes: MistakeTree): ErrorTree {
  return Object.fromEntries(
    Object.entries(mistakes)
      .filter(([, mistake]) => mistake !== undefined)
      .map(([field, mistake]): [string, unknown] => [
        field,
        typeof mistake === "object" ? errorTree(mistake) : { type: mistake, message: mistake },
      ]),
  );
}

/** Lets plain rules judge a form, so that they can be tested without one. */
export function resolverOf<Values extends FieldValues>(rules: (values: Values) => object): Resolver<Values> {
  return (values) => {
    const errors = errorTree(rules(values) as MistakeTree);
    return Object.keys(errors).length === 0
      ? { values, errors: {} }
      : { values: {}, errors: errors as FieldErrors<Values> };
  };
}
