import { pluralFor } from "../../plural";

const plural = pluralFor("en");

export const list = {
  everything: "Everything",
  resultCount: (count: number) => plural(count, { one: "# product", other: "# products" }),
  shownOf: (shown: number, total: number) => `${String(shown)} of ${String(total)} shown`,
  showMore: "Show more",
  loadingMore: "Loading more",
  sortLabel: "Sort by",
  sorts: {
    relevance: "Best match",
    newest: "Newest",
    price_asc: "Price, low to high",
    price_desc: "Price, high to low",
    rating: "Best rated",
    best_selling: "Best-selling",
  },
  soldOut: "Sold out",
  percentOff: (percent: number) => `−${String(percent)}%`,
  was: "was",
  now: "now",
  from: "from",
  colours: (names: string) => `Colours: ${names}`,
  moreColours: (count: number) => `+${String(count)}`,
  ratingSpoken: (average: string, count: number) =>
    plural(count, { one: `Rated ${average} of 5 by # person`, other: `Rated ${average} of 5 by # people` }),
  empty: {
    title: "Nothing here yet",
    text: "This part of the shop is empty right now. Have a look at everything else.",
    link: "See everything",
  },
  refused: {
    title: "This list cannot be shown",
    text: "Something in the address is not a filter we know. Without it the list is here.",
    link: "Show it without filters",
  },
  search: {
    title: "Search",
    resultsFor: (words: string) => `“${words}”`,
    titleFor: (words: string) => `Search: ${words}`,
    none: (words: string) => `Nothing matches “${words}”`,
    noneText: "Check the spelling, try a broader word, or start from a category.",
    start: "What are you looking for?",
    startText: "Type a word above: a product, a colour, a material.",
    near: "Close to what you typed",
    others: "People also look at",
  },
} as const;
