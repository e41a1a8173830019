/**
 * One spelling for every GET: the same question always gives the same text, so that the text can be the name under which
 * its answer is cached and under which the server puts it into the page.
 */

export type QueryValue = string | number | boolean | null | undefined;
export type Query = Record<string, QueryValue | readonly QueryValue[]>;

/** The order of the contract's list of parameters; `option.*` stands where options go, unknown names follow by alphabet. */
const parameterOrder = [
  "q",
  "category",
  "price_min",
  "price_max",
  "rating_min",
  "in_stock",
  "option.",
  "brand",
  "tag",
  "sort",
  "limit",
  "cursor",
  "facets",
];

function rank(name: string): number {
  const index = parameterOrder.indexOf(name.startsWith("option.") ? "option." : name);
  return index === -1 ? parameterOrder.length : index;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** encodeURIComponent leaves !'()* alone; other languages' encoders do not, so they are escaped here too. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function pairsOf(query: Query): [string, string][] {
  return Object.entries(query).flatMap(([name, value]) => {
    const values: readonly QueryValue[] = Array.isArray(value) ? value : [value as QueryValue];
    return values
      .filter((one) => one !== undefined && one !== null && one !== "")
      .map((one): [string, string] => [name, String(one)]);
  });
}

export function canonicalQuery(query: Query | [string, string][]): string {
  const pairs = Array.isArray(query) ? query : pairsOf(query);
  return [...pairs]
    .sort(([a, av], [b, bv]) => rank(a) - rank(b) || compareText(a, b) || compareText(av, bv))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join("&");
}

export function canonicalUrl(template: string, path: Record<string, string | number> = {}, query: Query = {}): string {
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = path[name];
    if (value === undefined) throw new Error(`The address ${template} needs a value for ${name}`);
    return encode(String(value));
  });
  const text = canonicalQuery(query);
  return text ? `${filled}?${text}` : filled;
}

/** Brings an address that somebody else wrote into our spelling. */
export function canonicalise(url: string): string {
  const [path = "", query = ""] = url.split("?", 2);
  const text = canonicalQuery([...new URLSearchParams(query)]);
  return text ? `${path}?${text}` : path;
}
