/** The calls of somebody who is not signed in yet. None of their answers says whether an address is known. */
import { useMutation } from "@tanstack/react-query";
import type { ApiProblem } from "@xpressbuy/client/api-problem";

interface SignUp {
  email: string;
  password: string;
  name: string;
}

interface Confirmation {
  email: string;
  code: string;
}

interface PasswordReset extends Confirmation {
  password: string;
}

async function client() {
  return import("@xpressbuy/client/changes");
}

/** Offline is said at once rather than kept until the network is back: nobody waits for a code that was never asked for. */
const networkMode = "always";

export function useSignUp() {
  return useMutation<unknown, ApiProblem, SignUp>({
    networkMode,
    mutationFn: async (body) => {
      const { answerOf, changes } = await client();
      return answerOf(changes.POST("/api/auth/sign-up", { body }));
    },
  });
}

export function useConfirm() {
  return useMutation<unknown, ApiProblem, Confirmation>({
    networkMode,
    mutationFn: async (body) => {
      const { answerOf, changes } = await client();
      return answerOf(changes.POST("/api/auth/confirm", { body }));
    },
  });
}

export function useResend() {
  return useMutation<unknown, ApiProblem, string>({
    networkMode,
    mutationFn: async (email) => {
      const { answerOf, changes } = await client();
      return answerOf(changes.POST("/api/auth/resend", { body: { email } }));
    },
  });
}

export function useForgotPassword() {
  return useMutation<unknown, ApiProblem, string>({
    networkMode,
    mutationFn: async (email) => {
      const { answerOf, changes } = await client();
      return answerOf(changes.POST("/api/auth/forgot-password", { body: { email } }));
    },
  });
}

export function useResetPassword() {
  return useMutation<unknown, ApiProblem, PasswordReset>({
    networkMode,
    mutationFn: async (body) => {
      const { answerOf, changes } = await client();
      return answerOf(changes.POST("/api/auth/reset-password", { body }));
    },
  });
}
