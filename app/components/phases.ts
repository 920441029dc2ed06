const WORDS: Record<string, string> = {};

/** A job's phase in plain words. */
export function phaseInWords(phase: string | null): string {
  if (phase === null) return "Waiting to start";
  return WORDS[phase] ?? "Working";
}
