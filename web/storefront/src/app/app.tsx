import { useEffect, useState } from "react";
import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { RouterProvider } from "react-router/dom";
import { en } from "@xpressbuy/kit/messages/en";
import { LocaleProvider } from "@xpressbuy/ui/locale";
import { createRouter, fetchUsualPages } from "./router";
import { isSavingData } from "@/lib/connection";
import { whenIdle } from "@/lib/when-idle";

interface AppProps {
  queryClient: QueryClient;
}

export function App({ queryClient }: AppProps) {
  const [router] = useState(() => createRouter(queryClient));
  useEffect(() => {
    if (!isSavingData()) whenIdle(fetchUsualPages);
  }, []);
  return (
    <QueryClientProvider client={queryClient}>
      <LocaleProvider tag={document.documentElement.lang || "en"} messages={en}>
        <RouterProvider router={router} />
      </LocaleProvider>
    </QueryClientProvider>
  );
}
