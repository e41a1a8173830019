/** A sentence for every code the API may answer with that a shopper can run into anywhere. */
export const problems = {
  unknown: "That did not work. Try again in a moment.",
  network: "We could not reach the shop. Check your connection and try again.",
  signedOut: "You have been signed out. Sign in to go on.",
  tooMany: "That was a lot at once. Wait a minute and try again.",
  notFound: "This is not here any more.",
  insufficientStock: (available: number) =>
    available > 0 ? `Only ${String(available)} left, so that is the most you can have.` : "This has just sold out.",
  priceChanged: "A price changed while you were shopping. Look it over before you go on.",
  cartChanged: "Your cart changed in another window. This is how it stands now.",
  couponUnavailable: "This code cannot be used any more.",
} as const;
