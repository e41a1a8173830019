import { expect, it } from "vitest";
import { ApiProblem } from "@xpressbuy/client/api-problem";
import { en as core } from "@xpressbuy/kit/messages/en";
import { enShopper } from "@xpressbuy/kit/messages/en-shopper";
import { enrolProblemText } from "./enrol-problem";

const en = { ...core, ...enShopper };

const said = (status: number, code: string, seconds: number | null = null) =>
  enrolProblemText(new ApiProblem({ status, code }, seconds), en, "Wrong code.");

it.each([
  [429, "too_many", 40, "That was a lot of tries. Try again in 40 seconds."],
  [429, "too_many", 601, "That was a lot of tries. Try again in 11 minutes."],
  [429, "too_many", null, en.auth.tooMany],
  [422, "weak_password", null, en.auth.weakPassword],
  [409, "bad_code", null, "Wrong code."],
  [422, "invalid", null, en.forms.fieldsToMend],
  [503, "sign_in_unavailable", null, en.problems.unknown],
  [0, "network", null, en.problems.network],
])("%d %s, %s s: %s", (status, code, seconds, expected) => {
  expect(said(status, code, seconds)).toBe(expected);
});
