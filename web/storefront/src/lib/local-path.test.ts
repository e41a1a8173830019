import { expect, it } from "vitest";
import { localPath } from "./local-path";

it.each(["/", "/account", "/checkout?sku=TEE-M&quantity=2", "/p/shirt#reviews", "/search?q=a%20b"])("goes to %s", (path) => {
  expect(localPath(path, "/other")).toBe(path);
});

it.each([
  null,
  undefined,
  "",
  "account",
  "//evil.example",
  "/\\evil.example",
  "https://evil.example/",
  "javascript:alert(1)",
  "/a\\b",
  "/a b",
  "/a\nb",
  `/${"x".repeat(1100)}`,
])("does not go to %j", (path) => {
  expect(localPath(path, "/other")).toBe("/other");
});
