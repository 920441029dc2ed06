/** Why an update failed and what to do about it, in words for merchants. */
export interface ErrorWords {
  what: string;
  todo: string;
}

/** A failure as it is recorded (app/sync). */
export interface Failure {
  platform: "SHOPIFY" | "META";
  code: string;
  /** RETRYABLE | NEEDS_USER | DEFECT | STOPPED; null is taken for a defect. */
  kind: string | null;
}

const NAMES = { SHOPIFY: "Shopify", META: "Meta" } as const;

const ACCESS_LOST: ErrorWords = {
  what: "Shopify no longer accepts Merit's access to this shop.",
  todo: "Close Merit and open it again from your Shopify admin, then try again.",
};
const PERMISSION_MISSING: ErrorWords = {
  what: "Shopify refuses Merit a permission that it needs to read your orders.",
  todo: "Open Merit again from your Shopify admin and accept the permissions it asks for, then try again.",
};
const FROZEN: ErrorWords = {
  what: "The shop is frozen or not active at Shopify.",
  todo: "Settle what is open under Billing in your Shopify admin, then try again.",
};

/** What only this code means. */
const BY_CODE: Readonly<Record<string, ErrorWords>> = {
  UNCLASSIFIED_SALES: {
    what: "Shopify has booked sales of a kind that Merit does not know yet.",
    todo: "The days that hold them are marked in the check against Shopify's report.",
  },
  SHOPIFY_RECONNECT: ACCESS_LOST,
  SHOPIFY_TOKEN_REJECTED: ACCESS_LOST,
  CREDENTIALS_UNREADABLE: ACCESS_LOST,
  SHOPIFY_ACCESS_DENIED: PERMISSION_MISSING,
  SHOPIFY_FORBIDDEN: PERMISSION_MISSING,
  BULK_ACCESS_DENIED: PERMISSION_MISSING,
  SHOPIFY_SHOP_FROZEN: FROZEN,
  SHOPIFY_SHOP_INACTIVE: FROZEN,
  SHOPIFY_SHOP_LOCKED: {
    what: "The shop is locked by Shopify.",
    todo: "Ask Shopify's support to unlock it, then try again.",
  },
  SHOPIFY_SHOP_GONE: {
    what: "Shopify does not know this shop any more.",
    todo: "If its address changed, open Merit from the shop's new admin.",
  },
  COUNT_MISMATCH: {
    what: "Merit read another number of orders than Shopify reports.",
    todo: "Try again: orders may have changed meanwhile. Until it fits, the figures are not taken for complete.",
  },
  META_RECONNECT: {
    what: "Meta needs you to log in again.",
    todo: "Log in at Meta on Merit's Home page; your figures go on from there.",
  },
  META_BLOCKED: {
    what: "Meta has blocked the person who connected Merit.",
    todo: "Look for a message from Meta in your Business settings; once it is settled, try again.",
  },
  META_NOT_CONFIGURED: {
    what: "This installation of Merit has no Meta app.",
    todo: "Whoever runs Merit for you can add one.",
  },
  CANCELED: {
    what: "It was canceled.",
    todo: "Press Sync now to update again.",
  },
  GAVE_WAY: {
    what: "It made way for an update that somebody asked for.",
    todo: "Nothing is to be done: the check begins anew by itself.",
  },
  PAUSED: {
    what: "It had not begun when updates were paused.",
    todo: "Resume the updates when you want them again.",
  },
  UNINSTALLED: {
    what: "Merit was uninstalled from the shop.",
    todo: "Nothing is to be done: it began anew with the installation.",
  },
  META_SUPERSEDED: {
    what: "Another ad account was chosen, or Meta was disconnected.",
    todo: "Nothing is to be done.",
  },
};

/** The one wording of a failure, for Home and the Sync page alike. */
export function errorWords({ platform, code, kind }: Failure): ErrorWords {
  return BY_CODE[code] ?? wordsOfKind(NAMES[platform], code, kind);
}

function wordsOfKind(name: string, code: string, kind: string | null): ErrorWords {
  if (kind === "RETRYABLE") {
    return {
      what: `${name} did not answer as it should, several times in a row.`,
      todo: "Merit tries again by itself. If you would rather not wait, try again now.",
    };
  }
  if (kind === "NEEDS_USER") {
    return {
      what: `${name} refuses Merit the access that it needs.`,
      todo: `Check at ${name} that Merit may still read your data, then try again.`,
    };
  }
  if (kind === "STOPPED") {
    return { what: "It was stopped.", todo: "Press Sync now to update again." };
  }
  return {
    what: "Something went wrong inside Merit. Your data is safe.",
    todo: `It was recorded for us. Try again; if it fails once more, tell our support this code: ${code}.`,
  };
}
