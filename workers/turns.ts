/** How slots are shared within this process. */
export interface Turns {
  /** So long a job may keep its slot while others wait. */
  turnMs: number;
  /** Whether jobs wait for a slot, as of the dispatcher's last look. */
  othersWait(): boolean;
}

/** Whether a job's turn that begins now is over: it took long enough, and somebody waits. */
export function beginTurn({ turnMs, othersWait }: Turns): () => boolean {
  const end = Date.now() + turnMs;
  return () => Date.now() >= end && othersWait();
}
