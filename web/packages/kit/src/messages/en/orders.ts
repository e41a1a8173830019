export const orders = {
  title: "Your orders",
} as const;
