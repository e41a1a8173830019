import { describe, expect, it } from "vitest";
import { codeDigits, codeMistake, emailMistake, passwordMistake, phoneMistake } from "./person-rules";

describe("emailMistake", () => {
  it.each(["asha@example.com", " asha@example.com ", "a.b+c@mail.example.co.in", "ज@उदाहरण.भारत"])("takes %s", (text) => {
    expect(emailMistake(text)).toBeNull();
  });

  it.each(["asha", "asha@", "@example.com", "asha@example", "asha @example.com", "a@b@c.d", "a@b..c", `${"x".repeat(250)}@a.co`])(
    "does not take %s",
    (text) => {
      expect(emailMistake(text)).toBe("emailShape");
    },
  );

  it("tells an empty field from a wrong one", () => {
    expect(emailMistake("  ")).toBe("emailMissing");
  });
});

it.each([
  ["", null],
  ["+91 98450 12345", null],
  ["(030) 1234-567", null],
  ["12345", "phoneShape"],
  ["1234567890123456", "phoneShape"],
  ["98450 I2345", "phoneShape"],
])("phone %j: %s", (text, expected) => {
  expect(phoneMistake(text)).toBe(expected);
});

it("asks only for the length of a password", () => {
  expect(passwordMistake("aaaaaaaa")).toBeNull();
  expect(passwordMistake("        ")).toBeNull();
  expect(passwordMistake("seven77")).toBe("passwordShort");
  expect(passwordMistake("")).toBe("passwordMissing");
});

it("finds the code in what was pasted", () => {
  expect(codeDigits("Code: 123 456")).toBe("123456");
  expect(codeDigits("1234567")).toBe("123456");
  expect(codeMistake("12 34 5")).toBe("codeShape");
});
