import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** Reads the tokens as they are written and measures the pairs that stand on each other, by the formula of WCAG 2.2. */
const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

type Oklch = readonly [lightness: number, chroma: number, hueDegrees: number];
type Theme = "light" | "dark";

function colour(name: string, theme: Theme): Oklch {
  const pattern = new RegExp(`--color-${name}: light-dark\\(oklch\\(([^)]+)\\), oklch\\(([^)]+)\\)\\)`);
  const match = pattern.exec(css);
  if (!match) throw new Error(`tokens.css has no colour ${name}`);
  const [lightness = 0, chroma = 0, hue = 0] = (theme === "light" ? match[1] : match[2])?.split(" ").map(Number) ?? [];
  return [lightness, chroma, hue];
}

/** OKLCH to linear sRGB, clipped to what a screen can show. */
function linearRgb([lightness, chroma, hueDegrees]: Oklch): [number, number, number] {
  const hue = (hueDegrees * Math.PI) / 180;
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  return [
    clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function luminance(of: Oklch): number {
  const [red, green, blue] = linearRgb(of);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string, theme: Theme): number {
  const [dark = 0, light = 0] = [luminance(colour(one, theme)), luminance(colour(other, theme))].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ["paper", "surface", "raised"] as const;
const texts = ["ink", "muted", "accent-text", "good", "warn", "bad"] as const;
const textMin = 4.5;
const controlMin = 3;

describe.each(["light", "dark"] as const)("contrast in %s", (theme) => {
  it.each(texts.flatMap((text) => grounds.map((ground) => [text, ground] as const)))("%s text on %s", (text, ground) => {
    expect(contrast(text, ground, theme)).toBeGreaterThanOrEqual(textMin);
  });

  it.each([
    ["accent-ink", "accent"],
    ["paper", "ink"],
  ])("%s text on %s", (text, ground) => {
    expect(contrast(text, ground, theme)).toBeGreaterThanOrEqual(textMin);
  });

  it.each(["control", "accent", "star"].flatMap((edge) => grounds.map((ground) => [edge, ground] as const)))(
    "%s as the edge of a control on %s",
    (edge, ground) => {
      expect(contrast(edge, ground, theme)).toBeGreaterThanOrEqual(controlMin);
    },
  );
});
