import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app";
import { readFirstData } from "./lib/first-data";
import { createQueryClient } from "./lib/query-client";
import "./main.css";

const container = document.getElementById("root");
if (!container) throw new Error("The page has no place for the app");

createRoot(container).render(
  <StrictMode>
    <App queryClient={createQueryClient(readFirstData(document))} />
  </StrictMode>,
);
