interface NetworkInformation {
  readonly saveData?: boolean;
}

/** The shopper asked the browser to fetch only what is needed. */
export function isSavingData(): boolean {
  const connection = (navigator as Navigator & { connection?: NetworkInformation }).connection;
  return connection?.saveData ?? false;
}
