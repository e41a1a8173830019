import { pluralFor } from "../../plural";

const plural = pluralFor("en");

export const auth = {
  title: "Sign in",
  signIn: {
    text: "Your orders, addresses and cart, on every device.",
    button: "Go on to sign in",
    buttonText: "You enter e-mail and password on our secure sign-in page and come straight back.",
    newHere: "New here?",
    create: "Create an account",
    forgot: "Forgotten your password?",
    guest: "You can order without an account too.",
    already: (email: string) => `You are signed in as ${email}.`,
    toAccount: "Go to your account",
    goOn: "Go on",
    errors: {
      expired: "That took a little too long, so the sign-in ran out. Start again.",
      mismatch: "The sign-in was started in another window. Start again here.",
      denied: "The sign-in was stopped. Nothing has changed; start again when you like.",
      refused: "The sign-in page did not accept that. Start again.",
      unavailable: "Signing in is not possible right now. You can still order without an account.",
      other: "The sign-in did not work. Start again.",
    },
  },
  signUp: {
    title: "Create an account",
    text: "Three fields. Then we send a code to make sure that the address is yours.",
    button: "Create account",
    have: "Have an account already?",
    signIn: "Sign in",
  },
  confirm: {
    title: "Enter the code",
    sentTo: (email: string) => `We've sent a code to ${email}. It can take a minute to arrive.`,
    sent: "Enter the address you signed up with and the code we sent there.",
    codeHint: "6 digits, from the mail.",
    button: "Confirm",
    done: "Your address is confirmed. Taking you to sign in.",
    resend: "Send another code",
    resendIn: (seconds: number) => plural(seconds, { one: "Another code in # second", other: "Another code in # seconds" }),
    resent: (email: string) => `Another code is on its way to ${email}.`,
    otherAddress: "Use another address",
    wrong: "This is not the code, or it has run out. Check it, or send another one.",
  },
  forgot: {
    title: "Choose a new password",
    text: "Enter your address. If there is an account with it, a code will be there in a minute.",
    button: "Send the code",
    back: "Back to sign in",
  },
  reset: {
    title: "Choose a new password",
    sentTo: (email: string) => `If there is an account for ${email}, a code is on its way there.`,
    sent: "Enter your address, the code from the mail and a new password.",
    button: "Save the new password",
    done: "Your password is changed. Sign in with it.",
    wrong: "This is not the code, or it has run out. Check it, or ask for another one.",
    again: "Ask for another code",
  },
  weakPassword: "This password is too easy to guess. Try a longer one.",
  tooMany: "That was a lot of tries. Wait a minute, then try again.",
  tooManyFor: (seconds: number) =>
    seconds < 90
      ? plural(seconds, { one: "That was a lot of tries. Try again in # second.", other: "That was a lot of tries. Try again in # seconds." })
      : plural(Math.ceil(seconds / 60), {
          one: "That was a lot of tries. Try again in # minute.",
          other: "That was a lot of tries. Try again in # minutes.",
        }),
} as const;
