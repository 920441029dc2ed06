import { escapeHtml } from "../../shopify/admin/html";
import { PERMISSIONS } from "./permissions";

export interface DialogPage {
  appName: string;
  users: { id: string; name: string; accounts: string[] }[];
  scopes: string[];
  /** Sent back with the form, unchanged. */
  hidden: Record<string, string>;
  action: string;
}

const STYLE = `
:root { color-scheme: light; font-family: system-ui, -apple-system, "Segoe UI", sans-serif; }
body { margin: 0; background: #f0f2f5; color: #1c1e21; }
main { max-width: 30rem; margin: 3rem auto; background: #fff; border-radius: .75rem;
  box-shadow: 0 2px 12px rgba(0,0,0,.12); overflow: hidden; }
header { padding: 1rem 1.5rem; border-bottom: 1px solid #dddfe2; color: #0a58ca; font-weight: 700; }
section { padding: 1.25rem 1.5rem; }
h1 { font-size: 1.25rem; margin: 0 0 .75rem; }
p { line-height: 1.45; margin: .5rem 0; color: #4b4f56; }
fieldset { border: 0; margin: 1rem 0; padding: 0; }
legend { font-weight: 600; padding: 0; margin-bottom: .25rem; }
label { display: flex; gap: .75rem; align-items: center; padding: .6rem 0; border-bottom: 1px solid #eceef1; }
label small { color: #65676b; display: block; }
select { font: inherit; padding: .4rem; width: 100%; }
footer { display: flex; gap: .75rem; justify-content: flex-end; padding: 1rem 1.5rem; background: #f7f8fa; }
button { font: inherit; font-weight: 600; border: 0; border-radius: .4rem; padding: .6rem 1.25rem; cursor: pointer; }
button.main { background: #0a66e4; color: #fff; }
button.plain { background: #e4e6eb; color: #1c1e21; }
button:focus-visible, input:focus-visible, select:focus-visible { outline: 3px solid #8ab4ff; outline-offset: 2px; }`;

/** What a person sees who is asked to connect an app: who they are, and each permission to untick. */
export function dialogPage(page: DialogPage): string {
  const app = escapeHtml(page.appName);
  const hidden = Object.entries(page.hidden)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`)
    .join("");
  const people = page.users
    .map((user) => {
      const accounts = user.accounts.length > 0 ? ` (${user.accounts.join(", ")})` : "";
      return `<option value="${escapeHtml(user.id)}">${escapeHtml(user.name + accounts)}</option>`;
    })
    .join("");
  const permissions = page.scopes
    .filter((scope) => scope !== "public_profile")
    .map((scope) => {
      const name = escapeHtml(scope);
      const text = escapeHtml(PERMISSIONS[scope] ?? scope);
      return `<label><input type="checkbox" name="grant" value="${name}" checked><span>${text}<small>${name}</small></span></label>`;
    })
    .join("");
  return frame(
    `Log in to ${page.appName}`,
    `<form method="post" action="${escapeHtml(page.action)}">${hidden}
<section>
  <h1>${app} would like to access your ad accounts</h1>
  <p>This is a stand-in of the Meta login dialog: nothing leaves this machine.</p>
  <fieldset><legend>Continue as</legend>
    <select name="user" aria-label="Continue as">${people}</select></fieldset>
  <fieldset><legend>What ${app} may do</legend>${permissions}</fieldset>
</section>
<footer>
  <button type="submit" class="plain" name="action" value="cancel">Cancel</button>
  <button type="submit" class="main" name="action" value="accept">Continue</button>
</footer></form>`,
  );
}

/** What the dialog shows where it cannot send anybody back. */
export function dialogError(title: string, text: string): string {
  return frame(title, `<section><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p></section>`);
}

function frame(title: string, main: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body><main><header>Meta stand-in</header>${main}</main></body>
</html>
`;
}
