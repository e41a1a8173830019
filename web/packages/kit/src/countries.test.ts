import { expect, it } from "vitest";
import { countriesByName, countryName, countryOfLocales } from "./countries";

it("names every country once, in the reader's language and order", () => {
  const english = countriesByName("en");
  expect(english).toHaveLength(249);
  expect(new Set(english.map((one) => one.name)).size).toBe(249);
  expect(english[0]).toEqual({ code: "AF", name: "Afghanistan" });
  expect(countryName("DE", "hi")).toBe("जर्मनी");
  expect(countryName("somewhere", "en")).toBe("somewhere");
});

it("guesses the country from the first language that names one", () => {
  expect(countryOfLocales(["en", "en-IN", "en-GB"])).toBe("IN");
  expect(countryOfLocales(["en-001", "not a tag"])).toBe("");
});
