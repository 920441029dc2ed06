import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface FramedApp {
  url: string;
  /** What each call to /api/… carried as Authorization. */
  authorizations: string[];
  stop(): void;
}

/** The smallest embedded app: it uses App Bridge as a page of the real one would. */
export async function startFramedApp(bridgeUrl: () => string): Promise<FramedApp> {
  const authorizations: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://app");
    if (pathname.startsWith("/api/")) answerApi(request, response, authorizations);
    else if (pathname === "/bounce") html(response, bridge(bridgeUrl()));
    else html(response, page(pathname, bridgeUrl()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/app`,
    authorizations,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The first call is told that its token is no longer good. */
function answerApi(request: IncomingMessage, response: ServerResponse, seen: string[]): void {
  seen.push(request.headers.authorization ?? "");
  if (request.url === "/api/leave") {
    response.setHeader("X-Shopify-API-Request-Failure-Reauthorize-Url", "/outside");
  }
  if (request.url === "/api/stale" && seen.length === 1) {
    response.statusCode = 401;
    response.setHeader("X-Shopify-Retry-Invalid-Session-Request", "1");
  }
  response.setHeader("Content-Type", "application/json");
  response.end("{}");
}

function html(response: ServerResponse, body: string): void {
  response.setHeader("Content-Type", "text/html");
  response.end(`<!doctype html><html lang="en"><head><title>App</title>${body}</html>`);
}

const bridge = (url: string) => `<script data-api-key="test-key" src="${url}"></script></head>`;

function page(path: string, bridgeUrl: string): string {
  return `${bridge(bridgeUrl)}<body><main>
<h1>At ${path}</h1>
<ui-nav-menu><a href="/app" rel="home">Home</a><a href="/app/settings">Settings</a></ui-nav-menu>
<ui-title-bar title="Overview"><button id="act">Act</button></ui-title-bar>
<ui-modal id="modal"><p>Inside the modal</p></ui-modal>
<ui-save-bar id="bar"><button variant="primary" id="save">Save</button><button id="drop">Discard</button></ui-save-bar>
</main><script>
const clicked = [];
const show = () => { document.querySelector("h1").textContent = "At " + location.pathname; };
for (const id of ["act", "save", "drop"]) document.getElementById(id).addEventListener("click", () => { document.body.dataset.clicked = id; });
addEventListener("shopify:navigate", (event) => { history.pushState({}, "", event.target.getAttribute("href")); show(); });
addEventListener("popstate", show);
</script></body>`;
}
