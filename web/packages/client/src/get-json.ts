/**
 * Every GET, by its canonical address. It throws ApiProblem and does nothing else; what a failure means on screen is
 * decided by whoever asked.
 */
import { ApiProblem } from "./api-problem";

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

export async function getJson<Answer>(url: string, signal?: AbortSignal): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(url, { headers: { Accept: "application/json" }, ...(signal ? { signal } : {}) });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw ApiProblem.noAnswer();
  }
  const body = await readJson(response);
  if (!response.ok) throw ApiProblem.from(response.status, body);
  return body as Answer;
}
