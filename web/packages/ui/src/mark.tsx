/**
 * The mark, drawn as strokes: two crossing lines of different weight, the heavier one rising and running on to the right
 * like the handle of a bag. One colour, taken from the text around it.
 */

interface MarkProps {
  className?: string;
  /** Said instead of the drawing; without it the mark is decoration. */
  label?: string;
}

const roundLetter = "a12.6 13.2 0 1 1 25.2 0a12.6 13.2 0 1 1-25.2 0";
const letterS =
  "M18.6 28c-1.4-3.2-4.6-4.8-8.8-4.8c-5 0-8.6 2.2-8.6 6.4c0 9.4 18.4 3.6 18.4 13.2" +
  "c0 4.6-4 7-9.4 7c-4.8 0-8.6-2-10-5.8";

/** Each letter of "pressbuy" as one path, with the distance at which it stands. */
const letters: readonly (readonly [number, string])[] = [
  [53, `M0 21.2V66M0 36.5${roundLetter}`],
  [92.2, "M0 53V21.2M0 36c0-8 4.5-12.7 12.5-12.7"],
  [115.2, "M.4 36.4h23.8a12.3 13.2 0 1 0-4.2 10.2"],
  [149.7, letterS],
  [179.3, letterS],
  [211.4, `M0 4v49M0 36.5${roundLetter}`],
  [249.6, "M0 20.2v17.3c0 8.2 4 12.3 11 12.3s11-4.1 11-12.3V20.2M22 53V37"],
  [281.6, "M0 20.2l12.4 31M25.6 20.2l-15 38.5c-1.6 4-3.6 5.4-7.6 5.4h-3.5"],
];

export function Wordmark({ className = "h-7", label }: MarkProps) {
  return (
    <svg
      viewBox="0 2 310 66"
      fill="none"
      stroke="currentColor"
      strokeWidth="6.6"
      className={className}
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      <path d="M7 21.5 34 53" strokeWidth="4.8" />
      <path d="M5 53 30.5 17.5Q34 12.6 40 12.6H48" strokeWidth="9.5" />
      {letters.map(([x, path]) => (
        <path key={x} d={path} transform={`translate(${String(x)} 0)`} />
      ))}
    </svg>
  );
}

export function MarkX({ className = "size-8", label }: MarkProps) {
  return (
    <svg
      viewBox="4 8 56 52"
      fill="none"
      stroke="currentColor"
      className={className}
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      <path d="M15 20 44 53" strokeWidth="6" />
      <path d="M11 54 35 22Q39.5 16 47 16H58" strokeWidth="12" />
    </svg>
  );
}
