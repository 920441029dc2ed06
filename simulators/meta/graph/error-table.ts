export interface ErrorText {
  message: string;
  type: string;
  status: number;
  transient?: boolean;
  title?: string;
  userMessage?: string;
}

const RATE = "https://developers.facebook.com/docs/graph-api/overview/rate-limiting";
const REDUCE = "Please reduce the amount of data you're asking for, then retry your request";
const EXPIRED = "Error validating access token: ";

const oauth = (message: string, more: Partial<ErrorText> = {}): ErrorText => ({
  message,
  type: "OAuthException",
  status: 400,
  ...more,
});
const unknown = (message: string, more: Partial<ErrorText> = {}) =>
  oauth(message, { status: 500, transient: true, ...more });
const tooMany = (code: number, useCase: string) =>
  oauth(
    `(#${code}) There have been too many calls to this ad-account. Wait a bit and try again. For more info, please refer to ${RATE}#${useCase}.`,
  );

/** Every error of reference/meta-api.md 9.2 by `code` or `code/subcode`: its words and its status. */
const TEXTS: Record<string, ErrorText> = {
  "1": unknown(REDUCE, { transient: false }),
  "2": unknown("Service temporarily unavailable"),
  "2/1504018": unknown("Your request timed out. Please try a smaller date range or an async job."),
  "2/1504038": unknown("Your request timed out. Please try a smaller date range or an async job."),
  "2/1504041": oauth("(#2) The breakdown combination you requested is not available."),
  "2/1504042": oauth("(#2) The custom metric you requested cannot be computed."),
  "2/1504043": unknown("Service temporarily unavailable", {
    title: "Insights are unavailable",
    userMessage: "Something went wrong while loading insights. Try again.",
  }),
  "2/1504044": unknown("An unknown error occurred", { transient: false }),
  "-2/2490547": oauth("The report could not be generated. Please create it again.", {
    title: "Report failed",
    userMessage: "The report could not be generated. Please create it again.",
  }),
  "-3/1504045": oauth("Out of memory", {
    title: "Insights report too large",
    userMessage: "The report is too large. Ask for a shorter time range or fewer breakdowns.",
  }),
  "4": oauth("(#4) Application request limit reached", { status: 403, transient: true }),
  "4/1504022": oauth("(#4) There have been too many calls from this app", {
    status: 403,
    transient: true,
    title: "Too many API requests",
    userMessage: "The app has reached its insights limit. Wait a bit and try again.",
  }),
  "4/1504039": oauth("(#4) Application request limit reached", { status: 403, transient: true }),
  "10": oauth("(#10) Application does not have permission for this action", { status: 403 }),
  "17": oauth("(#17) User request limit reached", { transient: true }),
  "17/1885172": oauth("(#17) Spend cap changed too often", {
    userMessage: "You can change the account spending limit 10 times a day.",
  }),
  "17/2446079": oauth("(#17) User request limit reached", {
    transient: true,
    title: "Ad account has too many API calls",
    userMessage: "There have been too many calls from this ad account. Wait a bit and try again.",
  }),
  "32": oauth("(#32) Page request limit reached", { status: 403, transient: true }),
  "100": oauth("Invalid parameter"),
  "100/1487534": oauth(`(#100) ${REDUCE}`, {
    title: "Too much data was requested",
    userMessage: "Too much data was requested in one call. Ask for a shorter time range.",
  }),
  "100/1504018": oauth("Your request timed out. Please try a smaller date range or an async job."),
  "100/3191001": oauth("(#100) You do not have permission to view this object"),
  "100/36009": oauth("This authorization code has been used."),
  "102": oauth("Session key invalid or no longer valid", { status: 401 }),
  "104": oauth("Incorrect signature"),
  "190": oauth("Invalid OAuth access token - Cannot parse access token", { status: 401 }),
  "190/458": oauth(`${EXPIRED}The user has not authorized application.`),
  "190/459": oauth(
    `${EXPIRED}You cannot access the app till you log in to www.facebook.com and follow the instructions given.`,
  ),
  "190/460": oauth(
    `${EXPIRED}The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.`,
  ),
  "190/463": oauth(`${EXPIRED}Session has expired.`),
  "190/464": oauth(
    `${EXPIRED}Sessions for the user are not allowed because the user is not a confirmed user.`,
  ),
  "190/467": oauth(`${EXPIRED}The session is invalid because the user logged out.`),
  "200": oauth("(#200) Permissions error", { status: 403 }),
  "294": oauth("(#294) Managing advertisements requires the extended permission ads_management"),
  "368": oauth("(#368) The action attempted has been deemed abusive or is otherwise disallowed"),
  "613": oauth("(#613) Calls to this api have exceeded the rate limit."),
  "613/1487632": oauth("(#613) Calls to this api have exceeded the rate limit.", {
    title: "Ad set budget changed too many times",
    userMessage:
      "You can only change the budget of an ad set 4 times an hour. Wait an hour and try again.",
  }),
  "613/1487742": oauth("(#613) Calls to this api have exceeded the rate limit.", {
    title: "Too many calls from this ad account",
    userMessage: "There have been too many calls from this ad account. Wait a bit and try again.",
  }),
  "613/5044001": oauth("(#613) Calls to this api have exceeded the rate limit.", {
    title: "Too many changes",
    userMessage: "The app changes objects of this ad account too fast. Slow down and try again.",
  }),
  "2500": oauth("Error parsing graph query"),
  "2635": oauth(
    "(#2635) You are calling a deprecated version of the Ads API. Please update to the latest version: v26.0.",
  ),
  "2642": oauth("(#2642) Invalid cursors values"),
  "3018": oauth(
    "(#3018) The start date of the time range cannot be beyond 37 months from the current date",
  ),
  "80000": tooMany(80000, "ads-insights"),
  "80003": tooMany(80003, "custom-audience"),
  "80004": tooMany(80004, "ads-management"),
  "80014": tooMany(80014, "catalog-batch"),
};

/** Words for a code; a subcode nobody described takes its code's, an unknown code says so. */
export function textOf(code: number, subcode: number | null): ErrorText {
  return (
    (subcode === null ? undefined : TEXTS[`${code}/${subcode}`]) ??
    TEXTS[String(code)] ??
    oauth(code >= 200 && code < 300 ? `(#${code}) Permissions error` : `(#${code}) Unknown error`)
  );
}
