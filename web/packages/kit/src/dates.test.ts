import { expect, it } from "vitest";
import { formatDayRange } from "./dates";

it("keeps a calendar day that day west of Greenwich too", () => {
  const zone = process.env.TZ;
  process.env.TZ = "America/Los_Angeles";
  expect(formatDayRange("2026-11-24", "2026-11-26", "en-GB")).toContain("24");
  process.env.TZ = zone;
});
