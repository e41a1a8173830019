export const account = {
  title: "Your account",
} as const;
