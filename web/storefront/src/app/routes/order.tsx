import type { QueryClient } from "@tanstack/react-query";
import { useParams } from "react-router";
import { ConfirmationPage } from "@/features/orders/components/confirmation-page";
import { fetchAhead } from "@/lib/fetch-ahead";
import { orderQuery } from "@/lib/orders";

export function prefetch(client: QueryClient, _: URL, parameters: Record<string, string | undefined>): void {
  fetchAhead(client, orderQuery(parameters.id ?? ""));
}

export function Component() {
  return <ConfirmationPage id={useParams().id ?? ""} />;
}
