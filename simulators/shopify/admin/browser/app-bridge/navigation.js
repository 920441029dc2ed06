/* Leaving the frame, and telling the admin where the app is. */
(() => {
  const { post, on, embedded } = window.appBridgeStandIn;
  if (!embedded || window.appBridgeStandIn.routed) return;
  window.appBridgeStandIn.routed = true;
  const plainOpen = window.open.bind(window);
  window.open = (url, target, features) => {
    const leaves = target === "_top" || target === "_parent" || /^shopify:/.test(String(url));
    if (!leaves) return plainOpen(url, target, features);
    const absolute = /^shopify:/.test(String(url)) ? String(url) : new URL(url, location.href).href;
    post({ type: "redirect", url: absolute });
    return null;
  };
  const here = () => {
    if (new URLSearchParams(location.search).has("shopify-reload")) return;
    post({ type: "location", path: location.pathname, search: location.search });
  };
  for (const name of ["pushState", "replaceState"]) {
    const plain = history[name].bind(history);
    history[name] = (...args) => {
      plain(...args);
      here();
    };
  }
  addEventListener("popstate", here);
  here();

  const MENUS = "ui-nav-menu, s-app-nav";
  const style = document.createElement("style");
  style.textContent = `${MENUS}, ui-title-bar, ui-save-bar, ui-modal { display: none; }`;
  document.head.append(style);
  const menuLinks = () => [...document.querySelectorAll(`:is(${MENUS}) :is(a, s-link)`)];
  on("navigate", ({ href }) => {
    const link = menuLinks().find((one) => one.getAttribute("href") === href);
    const event = new CustomEvent("shopify:navigate", { bubbles: true, cancelable: true });
    if (link) link.dispatchEvent(event);
    else location.assign(href);
  });

  const titleButtons = () => [...document.querySelectorAll("ui-title-bar:not(ui-modal *) button")];
  on("title-action", ({ index }) => titleButtons()[index]?.click());
  let told = { navigation: "", title: "" };
  const tell = () => {
    const links = menuLinks().map((link) => ({
      label: link.textContent.trim(),
      href: link.getAttribute("href"),
      home: link.getAttribute("rel") === "home",
    }));
    const bar = document.querySelector("ui-title-bar:not(ui-modal *)");
    const title = {
      title: bar?.getAttribute("title") ?? "",
      buttons: titleButtons().map((one) => one.textContent.trim()),
    };
    const now = { navigation: JSON.stringify(links), title: JSON.stringify(title) };
    if (now.navigation !== told.navigation) post({ type: "navigation", links });
    if (now.title !== told.title) post({ type: "title", ...title });
    told = now;
  };
  let queued = false;
  const soon = () => {
    if (queued) return;
    queued = true;
    requestAnimationFrame(() => {
      queued = false;
      tell();
    });
  };
  new MutationObserver(soon).observe(document.documentElement, {
    childList: true,
    subtree: true,
    characterData: true,
    attributes: true,
    attributeFilter: ["href", "title", "rel"],
  });
  soon();
})();
