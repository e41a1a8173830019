import type { Problem, ProblemError } from "./types";

/** What the API refused, as it said it; or, with status 0, that there was no answer at all. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string | null;
  readonly errors: readonly ProblemError[];

  constructor(problem: Partial<Problem> & { status: number }) {
    super(problem.title ?? `HTTP ${String(problem.status)}`);
    this.name = "ApiProblem";
    this.status = problem.status;
    this.code = problem.code ?? (problem.status === 0 ? "network" : "unknown");
    this.detail = problem.detail ?? null;
    this.errors = problem.errors ?? [];
  }

  /** Reads a refusal's body without trusting that it is what the contract says. */
  static from(status: number, body: unknown): ApiProblem {
    const known = typeof body === "object" && body !== null ? (body as Partial<Problem>) : {};
    return new ApiProblem({ ...known, status });
  }

  static noAnswer(): ApiProblem {
    return new ApiProblem({ status: 0 });
  }
}
