/* fetch: every call to the app itself carries a fresh token. */
(() => {
  const { embedded } = window.appBridgeStandIn;
  if (!embedded || window.appBridgeStandIn.fetchPatched) return;
  window.appBridgeStandIn.fetchPatched = true;
  const plainFetch = window.fetch.bind(window);
  const withToken = async (input, init) => {
    const request = new Request(input, init);
    if (!request.headers.has("Authorization")) {
      request.headers.set("Authorization", `Bearer ${await window.shopify.idToken()}`);
    }
    request.headers.set("X-Requested-With", "XMLHttpRequest");
    return request;
  };
  window.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    if (url.origin !== location.origin) return plainFetch(input, init);
    const first = await withToken(input, init);
    const again = first.clone();
    let response = await plainFetch(first);
    if (
      response.status === 401 &&
      response.headers.has("X-Shopify-Retry-Invalid-Session-Request")
    ) {
      again.headers.set("Authorization", `Bearer ${await window.shopify.idToken()}`);
      response = await plainFetch(again);
    }
    const leave = response.headers.get("X-Shopify-API-Request-Failure-Reauthorize-Url");
    if (leave) window.open(new URL(leave, location.href).href, "_top");
    return response;
  };
})();
