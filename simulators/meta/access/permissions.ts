import type { MetaContext } from "../context";

/** What an app of this kind can ask for. `public_profile` comes with every login. */
export const PERMISSIONS: Record<string, string> = {
  public_profile: "Your name and profile picture",
  email: "Your email address",
  ads_read: "Read ad performance of your ad accounts",
  ads_management: "Manage the ads of your ad accounts",
  business_management: "Manage your business",
  pages_show_list: "Show a list of the Pages you manage",
  pages_read_engagement: "Read content posted on your Pages",
  catalog_management: "Manage your product catalogues",
};

/** Remembers a person's answer for each permission asked. */
export function decide(
  context: MetaContext,
  userId: string,
  asked: string[],
  granted: string[],
): void {
  const all = context.state.content.permissions;
  const before = all[userId] ?? {};
  const answers = asked.map((scope): [string, "granted" | "declined"] => [
    scope,
    granted.includes(scope) ? "granted" : "declined",
  ]);
  all[userId] = { ...before, ...Object.fromEntries(answers), public_profile: "granted" };
  context.state.changed();
}

/** Takes one permission back, or all of them, which ends the person's tokens (190/458). */
export function withdraw(context: MetaContext, userId: string, permission: string | null): void {
  const { permissions, tokens } = context.state.content;
  if (permission === null) {
    permissions[userId] = {};
    for (const token of tokens) if (token.userId === userId) token.invalid = 458;
  } else {
    permissions[userId] = { ...permissions[userId], [permission]: "declined" };
  }
  context.state.changed();
}
