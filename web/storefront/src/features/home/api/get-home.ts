import { getQuery } from "@/lib/get-query";

export const homeQuery = getQuery("/api/home");
