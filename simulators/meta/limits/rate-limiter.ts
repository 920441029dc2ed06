import { GraphError } from "../graph/graph-error";
import type { MetaLimits } from "../options";
import { CallWindow } from "./call-window";

export type UseCase = "ads_insights" | "ads_management";

export interface CountedCall {
  useCase: UseCase;
  /** Digits of the ad account. */
  account: string;
  write: boolean;
  /** Active ads of the account: they raise its limit. */
  activeAds: number;
}

const HOUR = 3_600_000;
const SCORE_SPAN = 300_000;

/** Counts calls as Meta does, tells the usage in its headers, and refuses what is over a limit. */
export class RateLimiter {
  private readonly windows = new Map<string, CallWindow>();
  private readonly blockedUntil = new Map<string, number>();

  constructor(
    private readonly now: () => Date,
    readonly limits: MetaLimits,
    private readonly users: number,
  ) {}

  /** A call that is no ad account's. Throws error 4. */
  countApp(): Record<string, string> {
    const at = this.now().getTime();
    const app = this.window("app", HOUR);
    app.add(at, 1);
    const share = percent(app.sum(at), this.appLimit);
    const headers = {
      "X-App-Usage": JSON.stringify({ call_count: share, total_time: share, total_cputime: share }),
    };
    if (app.sum(at) > this.appLimit) throw withHeaders(new GraphError(4), headers);
    return headers;
  }

  /** A call about an ad account. Throws 80000, 80004, 17/2446079, 613/5044001 or 4. */
  count(call: CountedCall): Record<string, string> {
    const at = this.now().getTime();
    const { useCase, account } = call;
    const cases = this.window(`${useCase}:${account}`, HOUR);
    const score = this.window(`score:${account}`, SCORE_SPAN);
    const app = this.window("app", HOUR);
    const writes = this.window(`writes:${account}`, 1_000);
    const limit = this.caseLimit(call);
    const blocked = (this.blockedUntil.get(account) ?? 0) > at;
    if (!blocked) {
      cases.add(at, 1);
      score.add(at, call.write ? 3 : 1);
      app.add(at, 1);
      if (call.write) writes.add(at, 1);
    }
    if (!blocked && score.sum(at) > this.limits.score) {
      this.blockedUntil.set(account, at + this.limits.scoreBlockSeconds * 1_000);
    }
    const until = this.blockedUntil.get(account) ?? 0;
    const headers = this.headers(call, {
      cases: cases.sum(at) / limit,
      regainMinutes: cases.sum(at) > limit ? Math.ceil(cases.untilBelow(at, limit) / 60_000) : 0,
      score: until > at ? 1 : score.sum(at) / this.limits.score,
      resetSeconds: Math.max(0, Math.ceil((until - at) / 1_000)),
      app: app.sum(at) / this.appLimit,
    });
    const refused =
      until > at
        ? new GraphError(17, 2446079)
        : cases.sum(at) > limit
          ? new GraphError(useCase === "ads_insights" ? 80000 : 80004, 2446079)
          : writes.sum(at) > this.limits.mutationsPerSecond
            ? new GraphError(613, 5044001)
            : app.sum(at) > this.appLimit
              ? new GraphError(4, useCase === "ads_insights" ? 1504022 : null)
              : null;
    if (refused) throw withHeaders(refused, headers);
    return headers;
  }

  private headers(
    { useCase, account }: CountedCall,
    use: { cases: number; regainMinutes: number; score: number; resetSeconds: number; app: number },
  ): Record<string, string> {
    const tier = { ads_api_access_tier: this.limits.tier };
    const share = Math.max(1, Math.min(100, Math.round(use.cases * 100)));
    const usage = {
      type: useCase,
      call_count: share,
      total_cputime: share,
      total_time: share,
      estimated_time_to_regain_access: use.regainMinutes,
      ...tier,
    };
    const throttle = {
      app_id_util_pct: hundredths(use.app),
      acc_id_util_pct: hundredths(use.cases),
      ...tier,
    };
    return {
      "X-Business-Use-Case-Usage": JSON.stringify({ [account]: [usage] }),
      "X-Ad-Account-Usage": JSON.stringify({
        acc_id_util_pct: hundredths(use.score),
        reset_time_duration: use.resetSeconds,
        ...tier,
      }),
      ...(useCase === "ads_insights"
        ? { "X-FB-Ads-Insights-Throttle": JSON.stringify(throttle) }
        : {}),
    };
  }

  private caseLimit({ useCase, activeAds }: CountedCall): number {
    if (useCase === "ads_insights") return this.limits.insightsPerHour + 400 * activeAds;
    return this.limits.managementPerHour + 40 * activeAds;
  }

  private get appLimit(): number {
    return this.limits.appPerHour * Math.max(1, this.users);
  }

  private window(name: string, span: number): CallWindow {
    let window = this.windows.get(name);
    if (!window) {
      window = new CallWindow(span);
      this.windows.set(name, window);
    }
    return window;
  }
}

/** A refusal and the headers that go with it: whoever is refused must see why. */
export class LimitedError extends Error {
  constructor(
    readonly refusal: GraphError,
    readonly headers: Record<string, string>,
  ) {
    super(refusal.message);
  }
}

function withHeaders(refusal: GraphError, headers: Record<string, string>): LimitedError {
  return new LimitedError(refusal, headers);
}

function percent(used: number, limit: number): number {
  return Math.min(100, Math.ceil((used * 100) / limit));
}

/** Percent with two decimals, as the throttle headers write it. */
function hundredths(share: number): number {
  return Math.min(100, Math.round(share * 10_000) / 100);
}
