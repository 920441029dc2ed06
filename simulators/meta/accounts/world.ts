import { dayNumber } from "../../ad-plan/days";
import { adPlan, holderOf, runs } from "../../ad-plan/index";
import { type SeenDay, type Segment, seenBy } from "../../ad-plan/seen";
import type { AdPlan, PlanAd, PlanAdSet, PlanCampaign, PlanStatus } from "../../ad-plan/types";
import type { AdAccountOptions } from "../options";
import type { MadeObject, WrittenChange } from "../state";
import type { Entity } from "./entity";
import { entityOfMade } from "./made";

/** One ad account as it stands at an instant: its plan, and what has been changed since. */
export class AdAccountWorld {
  readonly plan: AdPlan;
  private readonly entities = new Map<string, Entity>();
  private readonly made = new Map<string, MadeObject>();
  private readonly changes = new Map<string, WrittenChange[]>();
  private finished = new Map<number, SeenDay[]>();

  constructor(
    readonly options: AdAccountOptions,
    written: WrittenChange[],
    made: MadeObject[] = [],
  ) {
    this.plan = adPlan(options.plan);
    for (const plan of this.plan.campaigns) this.entities.set(plan.id, { kind: "campaign", plan });
    for (const plan of this.plan.adSets) this.entities.set(plan.id, { kind: "adset", plan });
    for (const plan of this.plan.ads) {
      this.entities.set(plan.id, { kind: "ad", plan });
      this.entities.set(plan.creative.id, { kind: "creative", plan: plan.creative, ad: plan });
    }
    for (const one of made) if (one.accountId === options.id) this.take(one);
    for (const change of written) if (this.owns(change.id)) this.add(change);
  }

  get id(): string {
    return `act_${this.options.id}`;
  }

  get currency(): string {
    return this.options.plan.currency;
  }

  owns(id: string): boolean {
    return id === this.id || this.entities.has(id);
  }

  entity(id: string): Entity | null {
    return this.entities.get(id) ?? null;
  }

  /** Every object of a kind, those made since the plan behind those of the plan. */
  all<K extends Entity["kind"]>(kind: K): Extract<Entity, { kind: K }>[] {
    const is = (one: Entity): one is Extract<Entity, { kind: K }> => one.kind === kind;
    return [...this.entities.values()].filter(is);
  }

  /** Takes an object into account that somebody created. It never delivers: `seen` asks the plan. */
  take(one: MadeObject): void {
    this.made.set(one.id, one);
    this.entities.set(one.id, entityOfMade(one, this));
  }

  madeOf(id: string): MadeObject | null {
    return this.made.get(id) ?? null;
  }

  /** Takes a change into account from its instant on. */
  add(change: WrittenChange): void {
    this.changes.set(change.id, [...(this.changes.get(change.id) ?? []), change]);
    this.finished = new Map();
  }

  changesOf(id: string): WrittenChange[] {
    return this.changes.get(id) ?? [];
  }

  /** The newest value somebody wrote into a field by an instant; undefined when nobody did. */
  written(id: string, field: string, at: number): string | undefined {
    const newest = this.changesOf(id).findLast((one) => one.at <= at && field in one.fields);
    return (newest?.fields ?? this.made.get(id)?.written)?.[field];
  }

  accountStatus(at: number): number {
    const written = this.written(this.id, "account_status", at);
    if (written !== undefined) return Number(written);
    const over = at >= this.plan.bounds(dayNumber(this.options.plan.to)).start;
    return over ? (this.options.status ?? 1) : 1;
  }

  /** Its own status; null before it was made. */
  status(entity: PlanCampaign | PlanAdSet | PlanAd, at: number): PlanStatus | null {
    const start = this.made.get(entity.id)?.at ?? this.plan.bounds(entity.startDay).start;
    if (at < start) return null;
    const written = this.written(entity.id, "status", at);
    if (written !== undefined) return written as PlanStatus;
    const ended = entity.endDay !== null && at >= this.plan.bounds(entity.endDay).start;
    return ended ? entity.endStatus : "ACTIVE";
  }

  /** Every ad's day as far as it has come by an instant, ads that no longer exist included. */
  seen(day: number, at: number): SeenDay[] {
    const bounds = this.plan.bounds(day);
    if (at < bounds.start) return [];
    const over = at >= bounds.end;
    const known = over ? this.finished.get(day) : undefined;
    if (known) return known;
    const days = this.plan.ads.flatMap((ad) => {
      if (!this.touched(ad) && !runs(ad, day)) return [];
      const whole = this.plan.dayOf(ad, day);
      if (!whole) return [];
      const seen = seenBy(whole, bounds, at, this.segments(ad, day));
      return seen.impressions > 0 ? [seen] : [];
    });
    if (over) this.finished.set(day, days);
    return days;
  }

  private touched(ad: PlanAd): boolean {
    return this.chain(ad).some((id) => this.changes.has(id));
  }

  private chain(ad: PlanAd): string[] {
    return [ad.id, ad.adSet.id, ad.adSet.campaign.id, this.id];
  }

  /** The day cut at every change, each piece with the rate at which the ad delivers in it. */
  private segments(ad: PlanAd, day: number): Segment[] {
    const { start, end } = this.plan.bounds(day);
    const cuts = this.chain(ad).flatMap((id) =>
      this.changesOf(id).flatMap(({ at }) => (at > start && at < end ? [at] : [])),
    );
    const edges = [start, ...[...new Set(cuts)].sort((a, b) => a - b), end];
    return edges.slice(1).map((to, n) => {
      const from = edges[n] ?? start;
      return { from, to, rate: this.rate(ad, day, from) };
    });
  }

  private rate(ad: PlanAd, day: number, at: number): number {
    const status = this.accountStatus(at);
    const alive = [ad, ad.adSet, ad.adSet.campaign].every(
      (one) => this.status(one, at) === "ACTIVE",
    );
    if (!alive || (status !== 1 && status !== 9)) return 0;
    const holder = holderOf(ad);
    const planned = this.plan.budgetOn(holder, day);
    const written = this.written(holder.id, `${holder.budget?.kind}_budget`, at);
    return written && planned ? Number(written) / planned : 1;
  }
}
