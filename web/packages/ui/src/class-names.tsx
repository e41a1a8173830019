/** Joins class names and drops what is off. Later ones do not override earlier ones; give a component's caller few knobs. */
export function cx(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}
