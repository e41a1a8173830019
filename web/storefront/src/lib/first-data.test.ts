import { describe, expect, it } from "vitest";
import { parseFirstData } from "./first-data";

describe("parseFirstData", () => {
  it("files every answer under our own spelling of its address", () => {
    const data = parseFirstData('{"/api/products?limit=24&q=blue+shirt":{"items":[]},"/api/home":{"edit":1}}');
    expect([...data.keys()]).toEqual(["/api/products?q=blue%20shirt&limit=24", "/api/home"]);
    expect(data.get("/api/home")).toEqual({ edit: 1 });
  });

  it("takes anything but an object as nothing", () => {
    expect(parseFirstData("[1]").size).toBe(0);
    expect(parseFirstData("null").size).toBe(0);
  });
});
