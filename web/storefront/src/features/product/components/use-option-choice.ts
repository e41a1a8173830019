import { useState } from "react";
import { useSearchParams } from "react-router";
import type { ProductDetail } from "@xpressbuy/client/types";
import { addressWithChoice, choiceInAddress, choose, chosenVariant, settledChoice } from "../model/option-choice";

/** The choice lives in the page's address: a reload or a link shows the same variant. */
export function useOptionChoice(product: ProductDetail) {
  const [parameters, setParameters] = useSearchParams();
  const [cleared, setCleared] = useState<readonly string[]>([]);
  const choice = settledChoice(product, choiceInAddress(parameters));

  const onChoose = (option: string, value: string) => {
    const step = choose(product, choice, option, value);
    setCleared(step.cleared);
    setParameters(addressWithChoice(parameters, step.choice), { replace: true, preventScrollReset: true });
  };

  return { choice, cleared, variant: chosenVariant(product, choice), onChoose };
}
