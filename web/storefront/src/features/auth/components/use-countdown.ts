import { useEffect, useState } from "react";

/** Seconds left until something may be done again. */
export function useCountdown(startSeconds: number): [left: number, restart: (seconds: number) => void] {
  const [left, setLeft] = useState(startSeconds);
  const running = left > 0;
  useEffect(() => {
    if (!running) return;
    const timer = window.setInterval(() => setLeft((seconds) => Math.max(seconds - 1, 0)), 1000);
    return () => window.clearInterval(timer);
  }, [running]);
  return [left, setLeft];
}
