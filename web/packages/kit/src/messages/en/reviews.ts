import { pluralFor } from "../../plural";

const plural = pluralFor("en");

export const reviews = {
  title: "Reviews",
  count: (count: number) => plural(count, { one: "# review", other: "# reviews" }),
  outOfFive: (average: string) => `${average} of 5`,
  stars: (stars: number) => plural(stars, { one: "# star", other: "# stars" }),
  histogramRow: (stars: number, count: number) =>
    `${plural(stars, { one: "# star", other: "# stars" })}: ${plural(count, { one: "# review", other: "# reviews" })}`,
  verified: "Bought here",
  by: (author: string, date: string) => `${author}, ${date}`,
  none: "No reviews yet. Whoever buys it can write the first one.",
  more: "More reviews",
  sortLabel: "Sort reviews",
  sorts: { newest: "Newest first", highest: "Best first", lowest: "Most critical first" },
} as const;
