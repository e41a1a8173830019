import { createContext, use, useMemo, type ReactNode } from "react";
import type { Messages } from "@xpressbuy/kit/messages/messages";
import { formatMoney, type Money, type MoneyFormat } from "@xpressbuy/kit/money";

interface Locale {
  readonly tag: string;
  readonly messages: Messages;
}

const LocaleContext = createContext<Locale | null>(null);

interface LocaleProviderProps {
  tag: string;
  messages: Messages;
  children: ReactNode;
}

export function LocaleProvider({ tag, messages, children }: LocaleProviderProps) {
  const locale = useMemo(() => ({ tag, messages }), [tag, messages]);
  return <LocaleContext value={locale}>{children}</LocaleContext>;
}

function useLocale(): Locale {
  const locale = use(LocaleContext);
  if (!locale) throw new Error("A component that speaks needs a LocaleProvider above it");
  return locale;
}

/** The language tag for Intl, such as "en-IN". */
export function useLocaleTag(): string {
  return useLocale().tag;
}

export function useMessages(): Messages {
  return useLocale().messages;
}

/** A function that writes money the way the reader's language does. */
export function useMoneyText(): (money: Money, format?: MoneyFormat) => string {
  const { tag } = useLocale();
  return (money, format) => formatMoney(money, tag, format);
}
