import { describe, expect, it } from "vitest";
import { addressLines, addressMistakes, emptyAddress, tidyAddress, type AddressDraft } from "./postal-address";

const asha: AddressDraft = {
  name: "Asha Rao",
  line1: "14 Church Street",
  line2: "",
  city: "Bengaluru",
  region: "Karnataka",
  postal_code: "560 001",
  country: "IN",
  phone: "",
};

describe("addressMistakes", () => {
  it("has nothing against a good address, with the phone left out and a space in the code", () => {
    expect(addressMistakes(asha)).toEqual({});
  });

  it("names everything that an empty form is missing", () => {
    expect(addressMistakes(emptyAddress(""))).toEqual({
      name: "nameMissing",
      line1: "line1Missing",
      city: "cityMissing",
      country: "countryMissing",
    });
  });

  it.each<[Partial<AddressDraft>, object]>([
    [{ postal_code: "012345" }, { postal_code: "postalCodeShape" }],
    [{ postal_code: "" }, { postal_code: "postalCodeMissing" }],
    [{ region: " " }, { region: "regionMissing" }],
    [{ phone: "call me" }, { phone: "phoneShape" }],
    [{ city: "x".repeat(81) }, { city: "tooLong" }],
    [{ country: "DE", postal_code: "10115", region: "" }, {}],
    [{ country: "GB", postal_code: "sw1a 1aa", region: "" }, {}],
    [{ country: "CA", postal_code: "K1A 0B1" }, {}],
    [{ country: "US", postal_code: "94103-1234" }, {}],
    [{ country: "AE", postal_code: "", region: "" }, {}],
    [{ country: "KE", postal_code: "", region: "" }, {}],
    [{ country: "XX" }, { country: "countryMissing" }],
  ])("%j", (change, expected) => {
    expect(addressMistakes({ ...asha, ...change })).toEqual(expected);
  });
});

describe("tidyAddress", () => {
  it("leaves nothing of parts that the country does not have", () => {
    const tidy = tidyAddress({ ...asha, country: "SG", region: "Karnataka", name: "  Asha   Rao " });
    expect(tidy).toMatchObject({ region: "", name: "Asha Rao", postal_code: "560 001" });
    expect(tidyAddress({ ...asha, country: "AE" }).postal_code).toBe("");
    expect(tidyAddress({ ...asha, country: "NL", postal_code: "1012 ab" }).postal_code).toBe("1012 AB");
  });
});

it("writes an address without gaps for what is not there", () => {
  expect(addressLines(asha)).toEqual(["14 Church Street", "Bengaluru, Karnataka, 560 001"]);
  expect(addressLines({ line1: "Lindenstr. 9", city: "Berlin", postal_code: "10115", country: "DE" })).toEqual([
    "Lindenstr. 9",
    "10115 Berlin",
  ]);
  expect(addressLines({ line1: "1 Main St", line2: "Flat 2", city: "Dubai", region: null })).toEqual([
    "1 Main St",
    "Flat 2",
    "Dubai",
  ]);
});
