const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char);
}

/** JSON that can stand inside a script element. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(/</g, "\\u003c");
}

export interface AdminPage {
  title: string;
  shopName: string;
  appName: string;
  storeHandle: string;
  /** Inside <main>. */
  main: string;
  /** Read by the page's script. */
  data: Record<string, unknown>;
  installed: boolean;
}

/** The admin around an app: top bar, navigation, main area. No script stands in the markup itself. */
export function adminPage(page: AdminPage): string {
  const app = escapeHtml(page.appName);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/_host/host.css">
</head>
<body>
<div id="loading" class="loading" hidden></div>
<header class="top">
  <button type="button" id="menu-button" class="menu-button" aria-controls="navigation" aria-expanded="false">Menu</button>
  <span class="brand">Admin stand-in</span>
  <div id="save-bar" class="save-bar" role="group" aria-label="Unsaved changes" hidden>
    <span>Unsaved changes</span>
    <button type="button" id="discard" class="plain">Discard</button>
    <button type="button" id="save" class="strong">Save</button>
  </div>
  <span class="shop">${escapeHtml(page.shopName)}</span>
</header>
<div class="body">
  <nav id="navigation" class="navigation" aria-label="Admin">
    <p class="navigation-title">Apps</p>
    <ul>
      <li><a id="app-link" href="${escapeHtml(String(page.data.base))}" aria-current="page">${app}</a>
        <ul id="app-navigation"></ul></li>
    </ul>
    <details class="settings">
      <summary>Store settings</summary>
      ${page.installed ? `<form method="post" action="/_host/${escapeHtml(page.storeHandle)}/uninstall"><button type="submit" class="plain">Uninstall ${app}</button></form>` : `<p>No app is installed.</p>`}
    </details>
  </nav>
  <main>
    <div class="title-bar">
      <h1 id="page-title">${app}</h1>
      <div id="title-actions" class="actions"></div>
    </div>
    ${page.main}
  </main>
</div>
<div id="toasts" class="toasts" role="status" aria-live="polite"></div>
<script type="application/json" id="host-data">${scriptJson(page.data)}</script>
<script src="/_host/host.js"></script>
</body>
</html>
`;
}

/** What the shop's owner is asked before an app is installed. */
export function installScreen(options: {
  appName: string;
  storeHandle: string;
  returnTo: string;
  scopes: string[];
}): string {
  const app = escapeHtml(options.appName);
  const items = options.scopes.map((scope) => `<li>${escapeHtml(scopeText(scope))}</li>`).join("");
  return `<section class="card" aria-labelledby="install-title">
  <h2 id="install-title">Install ${app}</h2>
  <p>${app} wants to:</p>
  <ul>${items}</ul>
  <form method="post" action="/_host/${escapeHtml(options.storeHandle)}/install">
    <input type="hidden" name="return_to" value="${escapeHtml(options.returnTo)}">
    <button type="submit" class="strong">Install</button>
  </form>
</section>`;
}

function scopeText(scope: string): string {
  const [verb, ...rest] = scope.split("_");
  const what = rest.join(" ");
  return verb === "write" ? `View and edit ${what}` : `View ${what}`;
}
