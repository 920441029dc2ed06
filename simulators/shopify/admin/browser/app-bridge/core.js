/**
 * A stand-in for https://cdn.shopify.com/shopifycloud/app-bridge.js: the browser API that an
 * embedded app finds as `window.shopify` (names of @shopify/app-bridge-types 0.7.2), spoken to the
 * admin page around it by postMessage. No request it sends holds a secret; tokens come only from
 * the page that frames this one.
 */
(() => {
  if (window.shopify) return;
  const CHANNEL = "app-bridge-stand-in";
  const script = document.currentScript;
  const query = new URLSearchParams(location.search);
  const embedded = window.parent !== window;
  const remembered = (name) => {
    const key = `app-bridge-${name}`;
    const given = query.get(name);
    try {
      if (given) sessionStorage.setItem(key, given);
      return given ?? sessionStorage.getItem(key) ?? "";
    } catch {
      return given ?? "";
    }
  };
  const config = {
    apiKey:
      script?.dataset.apiKey ?? document.querySelector("meta[name=shopify-api-key]")?.content ?? "",
    host: remembered("host"),
    shop: remembered("shop"),
    locale: remembered("locale") || "en",
  };

  const listeners = new Map();
  const on = (type, handler) => listeners.set(type, handler);
  const post = (message) => {
    if (embedded) window.parent.postMessage({ channel: CHANNEL, ...message }, "*");
  };
  addEventListener("message", (event) => {
    if (event.source !== window.parent || event.data?.channel !== CHANNEL) return;
    listeners.get(event.data.type)?.(event.data);
  });

  let lastId = 0;
  const nextId = () => {
    lastId += 1;
    return lastId;
  };

  const waiting = new Map();
  on("id-token", ({ id, token, error }) => {
    const promise = waiting.get(id);
    waiting.delete(id);
    if (token) promise?.resolve(token);
    else promise?.reject(new Error(error ?? "The admin gave no token"));
  });
  const idToken = () => {
    if (!embedded) return Promise.reject(new Error("App Bridge needs the Shopify admin around it"));
    return new Promise((resolve, reject) => {
      const id = nextId();
      waiting.set(id, { resolve, reject });
      post({ type: "id-token", id });
    });
  };

  const toasts = new Map();
  on("toast-action", ({ id }) => toasts.get(id)?.onAction?.());
  on("toast-dismissed", ({ id }) => {
    toasts.get(id)?.onDismiss?.();
    toasts.delete(id);
  });
  const toast = {
    show(text, options = {}) {
      const id = nextId();
      const { duration = 5000, isError = false, action } = options;
      toasts.set(id, options);
      post({ type: "toast", id, text, duration, isError, action });
      return String(id);
    },
    hide: (id) => post({ type: "toast-hide", id: Number(id) }),
  };

  const element = (id) => document.getElementById(id);
  const byIdCalls = (...names) =>
    Object.fromEntries(names.map((name) => [name, async (id) => element(id)?.[name]?.()]));

  window.shopify = {
    config,
    origin: location.origin,
    protocol: location.protocol,
    ready: Promise.resolve(),
    environment: { mobile: false, embedded, pos: false },
    idToken,
    toast,
    loading: (isOn = true) => post({ type: "loading", on: isOn !== false }),
    modal: byIdCalls("show", "hide", "toggle"),
    saveBar: {
      ...byIdCalls("show", "hide", "toggle"),
      leaveConfirmation: async () => {
        if (window.appBridgeStandIn.dirty() && !confirm("Discard all unsaved changes?")) {
          await new Promise(() => undefined);
        }
      },
    },
    user: async () => ({ accountAccess: "full" }),
    webVitals: { onReport: async () => undefined },
  };
  window.appBridgeStandIn = { on, post, embedded, nextId, dirty: () => false };

  const reload = query.get("shopify-reload");
  if (reload && embedded) {
    const target = new URL(reload, location.href);
    idToken().then(
      (token) => {
        target.searchParams.set("id_token", token);
        location.replace(target.href);
      },
      (error) => console.error(error),
    );
  }
})();
