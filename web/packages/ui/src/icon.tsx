import type { ReactNode } from "react";

/** Drawn on a 20 px grid with one stroke width, square ends and the mark's 45-degree habit. */
const shapes = {
  search: (
    <>
      <circle cx="8.75" cy="8.75" r="5.25" />
      <path d="m12.6 12.6 4.4 4.4" />
    </>
  ),
  bag: (
    <>
      <path d="M3.5 6.75h13l-.9 10.25H4.4z" />
      <path d="M7 9V5.5a3 3 0 0 1 6 0V9" />
    </>
  ),
  person: (
    <>
      <circle cx="10" cy="6.75" r="3.25" />
      <path d="M3.5 17c.6-3.4 3.2-5 6.5-5s5.9 1.6 6.5 5" />
    </>
  ),
  menu: <path d="M3 6h14M3 10h14M3 14h9" />,
  close: <path d="m4.5 4.5 11 11m0-11-11 11" />,
  "chevron-left": <path d="m12.5 4.5-5.5 5.5 5.5 5.5" />,
  "chevron-right": <path d="m7.5 4.5 5.5 5.5-5.5 5.5" />,
  "chevron-down": <path d="m4.5 7.5 5.5 5.5 5.5-5.5" />,
  "arrow-right": <path d="M3 10h13.5m-5-5 5 5-5 5" />,
  check: <path d="m4 10.5 4 4 8-9" />,
  plus: <path d="M10 4v12M4 10h12" />,
  minus: <path d="M4 10h12" />,
  trash: <path d="M3.5 5.5h13M8 5.5V3.5h4v2m-6.5 0 .75 11h7.5l.75-11M8.5 9v4.5m3-4.5v4.5" />,
  truck: (
    <>
      <path d="M1.5 5h10v9h-10zm10 3.5h4l3 3V14h-7" />
      <circle cx="5.5" cy="15" r="1.75" fill="var(--color-paper)" />
      <circle cx="14.5" cy="15" r="1.75" fill="var(--color-paper)" />
    </>
  ),
  return: <path d="M7 4 3.5 7.5 7 11M3.5 7.5H13a3.75 3.75 0 0 1 0 7.5H7" />,
  card: <path d="M2 4.5h16v11H2zm0 3.75h16M5 12.5h3.5" />,
  zoom: (
    <>
      <circle cx="8.75" cy="8.75" r="5.25" />
      <path d="m12.6 12.6 4.4 4.4M8.75 6.5V11M6.5 8.75H11" />
    </>
  ),
  sun: (
    <>
      <circle cx="10" cy="10" r="3.25" />
      <path d="M10 1.75v2m0 12.5v2M1.75 10h2m12.5 0h2M4.2 4.2l1.4 1.4m8.8 8.8 1.4 1.4m0-11.6-1.4 1.4m-8.8 8.8-1.4 1.4" />
    </>
  ),
  moon: <path d="M16.5 11.8A6.75 6.75 0 0 1 8.2 3.5a6.75 6.75 0 1 0 8.3 8.3z" />,
  device: <path d="M2.5 4h15v9.5h-15zM7 16.75h6M10 13.5v3.25" />,
  info: (
    <>
      <circle cx="10" cy="10" r="7.25" />
      <path d="M10 9.25v4.5M10 6.1v.9" />
    </>
  ),
  warning: <path d="M10 2.75 18 16.5H2zM10 8v4m0 1.6v.9" />,
  eye: (
    <>
      <path d="M1.75 10C3.5 6.5 6.5 4.75 10 4.75S16.5 6.5 18.25 10c-1.75 3.5-4.75 5.25-8.25 5.25S3.5 13.5 1.75 10z" />
      <circle cx="10" cy="10" r="2.5" />
    </>
  ),
  pencil: <path d="m3.5 16.5.750-3.5L13.5 3.75l2.75 2.75L7 15.75zM11.5 5.75l2.75 2.75" />,
  heart: <path d="M10 16.75 3.4 10a4.1 4.1 0 0 1 0-5.8c1.6-1.6 4.2-1.6 5.8 0l.8.8.8-.8c1.6-1.6 4.2-1.6 5.8 0a4.1 4.1 0 0 1 0 5.8z" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof shapes;

interface IconProps {
  name: IconName;
  className?: string;
}

/** Always decoration: what it means is said by the text or label beside it. */
export function Icon({ name, className = "size-5" }: IconProps) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinejoin="round"
      className={`${className} shrink-0`}
    >
      {shapes[name]}
    </svg>
  );
}
