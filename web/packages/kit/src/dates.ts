/** Instants come as RFC 3339 text and are shown in the reader's own time zone and language. */

export function formatDate(instant: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric" }).format(new Date(instant));
}

export function formatDateTime(instant: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "numeric",
    minute: "2-digit",
  }).format(new Date(instant));
}

/** A span of days such as "Tue 4 – Thu 6 Nov", with what both days share said once. */
export function formatDateRange(from: string, to: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short" }).formatRange(
    new Date(from),
    new Date(to),
  );
}

/** The same for days without a time ("2026-11-24"): a calendar day is that day everywhere, whatever the reader's time zone. */
export function formatDayRange(from: string, to: string, locale: string): string {
  const format = { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(locale, format).formatRange(new Date(from), new Date(to));
}
