import { readFileSync, writeFileSync } from "node:fs";
import express, { Router } from "express";
import { z } from "zod";

/** Where a clock stands, as it is remembered: its distance from the base, or the instant it is held at. */
interface Standing {
  offsetMs: number;
  heldAt: string | null;
}

const standingSchema = z.object({ offsetMs: z.number(), heldAt: z.string().nullable() });

/**
 * The one clock of both stand-ins. It runs beside its base (the machine's clock, or what a test
 * gives), can be set, moved and held, and with `file` stands there again after a restart.
 */
export class SimulatorClock {
  private standing: Standing = { offsetMs: 0, heldAt: null };

  constructor(
    private readonly base: () => Date = () => new Date(),
    private readonly file: string | null = null,
  ) {
    if (file) this.standing = remembered(file) ?? this.standing;
  }

  readonly now = (): Date => {
    if (this.standing.heldAt) return new Date(this.standing.heldAt);
    return new Date(this.base().getTime() + this.standing.offsetMs);
  };

  get running(): boolean {
    return this.standing.heldAt === null;
  }

  /** Moves the clock to an instant, and lets it run or holds it there. */
  set(at: Date, running = this.running): void {
    this.standing = running
      ? { offsetMs: at.getTime() - this.base().getTime(), heldAt: null }
      : { offsetMs: 0, heldAt: at.toISOString() };
    if (this.file) writeFileSync(this.file, JSON.stringify(this.standing));
  }

  advance(seconds: number, running = this.running): void {
    this.set(new Date(this.now().getTime() + seconds * 1000), running);
  }
}

function remembered(file: string): Standing | null {
  try {
    return standingSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw new Error(`The clock's file ${file} cannot be read`, { cause: error });
  }
}

const move = z
  .object({
    at: z.iso.datetime({ offset: true }).optional(),
    advance_seconds: z.number().optional(),
    running: z.boolean().optional(),
  })
  .refine((body) => !(body.at && body.advance_seconds !== undefined), {
    message: "at or advance_seconds, not both",
  });

/** `GET/POST /_sim/clock {at | advance_seconds, running}`; answers `{now, running}`. */
export function clockRoutes(clock: SimulatorClock): Router {
  const router = Router();
  const answer = () => ({ now: clock.now().toISOString(), running: clock.running });
  router.get("/_sim/clock", (_request, response) => {
    response.json(answer());
  });
  router.post("/_sim/clock", express.json(), (request, response) => {
    const read = move.safeParse(request.body);
    if (!read.success) {
      response.status(400).json({ error: z.prettifyError(read.error) });
      return;
    }
    const { at, advance_seconds: seconds, running } = read.data;
    if (at) clock.set(new Date(at), running);
    else clock.advance(seconds ?? 0, running);
    response.json(answer());
  });
  return router;
}
