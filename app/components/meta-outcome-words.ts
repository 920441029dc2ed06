import type { MetaOutcome, MetaRefusal } from "~/lib/meta-outcome";

interface Words {
  title: string;
  text: string;
}

const AGAIN = "Go back to Merit and press Connect Meta to try again.";

const REFUSALS: Record<MetaRefusal, Words> = {
  stale: {
    title: "This login is over",
    text: `It was used already or took longer than ten minutes. ${AGAIN}`,
  },
  declined: {
    title: "Meta was not connected",
    text: `You said no to Meta, so nothing was connected and nothing was stored. ${AGAIN}`,
  },
  permission: {
    title: "A permission is missing",
    text: `Merit needs the permission to read the performance of your ads, and it was unticked. ${AGAIN} Leave that one ticked.`,
  },
  no_accounts: {
    title: "There is no ad account",
    text: "The person you logged in as sees no ad account. Ask whoever runs your ads to give you access, or log in as another person.",
  },
  refused: {
    title: "Meta did not accept the login",
    text: `Nothing was connected and nothing was stored. ${AGAIN}`,
  },
  unavailable: {
    title: "Meta does not answer",
    text: "Nothing was connected. Please try again in a few minutes.",
  },
  off: {
    title: "Meta cannot be connected here",
    text: "This installation of Merit has no Meta app.",
  },
};

/** What the window says in which a login at Meta has ended. */
export function metaOutcomeWords(outcome: MetaOutcome): Words {
  if (!outcome.connected) return REFUSALS[outcome.refusal];
  return {
    title: `Meta is connected with ${outcome.shopName}`,
    text: outcome.toChoose
      ? "One step is left: choose the ad account in Merit."
      : "Your ad history is being loaded. It shows up in Merit by itself.",
  };
}
