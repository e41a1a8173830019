import type { Problem, ProblemError } from "./types";

/** What the API refused, as it said it; or, with status 0, that there was no answer at all. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string | null;
  readonly errors: readonly ProblemError[];
  /** How long the server asks to be left alone, if it said so. */
  readonly retryAfterSeconds: number | null;

  constructor(problem: Partial<Problem> & { status: number }, retryAfterSeconds: number | null = null) {
    super(problem.title ?? `HTTP ${String(problem.status)}`);
    this.name = "ApiProblem";
    this.status = problem.status;
    this.code = problem.code ?? (problem.status === 0 ? "network" : "unknown");
    this.detail = problem.detail ?? null;
    this.errors = problem.errors ?? [];
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Reads a refusal's body without trusting that it is what the contract says. */
  static from(status: number, body: unknown, retryAfterSeconds: number | null = null): ApiProblem {
    const known = typeof body === "object" && body !== null ? (body as Partial<Problem>) : {};
    return new ApiProblem({ ...known, status }, retryAfterSeconds);
  }

  static noAnswer(): ApiProblem {
    return new ApiProblem({ status: 0 });
  }
}
