/**
 * The admin's side of App Bridge: answers the framed app over postMessage, draws its navigation,
 * title, toasts and save bar, and keeps its own address in step with the app's.
 */
(() => {
  const data = JSON.parse(document.getElementById("host-data").textContent);
  const frame = document.getElementById("app-frame");
  const byId = (id) => document.getElementById(id);
  const CHANNEL = "app-bridge-stand-in";

  const menu = byId("menu-button");
  const navigation = byId("navigation");
  menu.addEventListener("click", () => {
    const open = navigation.classList.toggle("open");
    menu.setAttribute("aria-expanded", String(open));
  });
  if (!frame) return;

  const send = (message) =>
    frame.contentWindow.postMessage({ channel: CHANNEL, ...message }, data.appOrigin);

  const showNavigation = (links) => {
    const list = byId("app-navigation");
    const items = links
      .filter((link) => !link.home)
      .map((link) => {
        const item = document.createElement("li");
        item.append(navigationLink(link));
        return item;
      });
    list.replaceChildren(...items);
    const home = links.find((link) => link.home);
    if (home) byId("app-link").dataset.href = home.href;
    markCurrent();
  };

  const navigationLink = (link) => {
    const anchor = document.createElement("a");
    anchor.textContent = link.label;
    anchor.href = data.base + link.href;
    anchor.dataset.href = link.href;
    anchor.addEventListener("click", followInside);
    return anchor;
  };

  const followInside = (event) => {
    const href = event.currentTarget.dataset.href;
    if (!href || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    navigation.classList.remove("open");
    menu.setAttribute("aria-expanded", "false");
    send({ type: "navigate", href });
  };
  byId("app-link").addEventListener("click", followInside);

  let path = "/";
  const markCurrent = () => {
    const anchors = [...byId("app-navigation").querySelectorAll("a")];
    const here = anchors.find((anchor) => anchor.dataset.href.split("?")[0] === path);
    for (const anchor of [byId("app-link"), ...anchors]) anchor.removeAttribute("aria-current");
    (here ?? byId("app-link")).setAttribute("aria-current", "page");
  };

  /** The frame's own history entries drive the back button; the address only follows. */
  const followLocation = (message) => {
    const search = new URLSearchParams(message.search);
    for (const name of data.frameOnly) search.delete(name);
    const text = search.toString();
    path = message.path;
    history.replaceState(history.state, "", data.base + message.path + (text ? `?${text}` : ""));
    markCurrent();
  };

  const showToast = (message) => {
    const toast = document.createElement("div");
    toast.className = message.isError ? "toast error" : "toast";
    toast.id = `toast-${message.id}`;
    toast.append(document.createTextNode(message.text));
    if (message.action) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = message.action;
      button.addEventListener("click", () => send({ type: "toast-action", id: message.id }));
      toast.append(button);
    }
    byId("toasts").append(toast);
    setTimeout(() => hideToast(message.id), message.duration);
  };
  const hideToast = (id) => {
    const toast = byId(`toast-${id}`);
    if (!toast) return;
    toast.remove();
    send({ type: "toast-dismissed", id });
  };

  const showTitle = (message) => {
    byId("page-title").textContent = message.title || document.title.split(" · ")[0];
    const buttons = message.buttons.map((label, index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.addEventListener("click", () => send({ type: "title-action", index }));
      return button;
    });
    byId("title-actions").replaceChildren(...buttons);
  };

  const giveToken = async (message) => {
    const response = await fetch(data.tokenUrl);
    const body = response.ok ? await response.json() : { error: "no token" };
    send({ type: "id-token", id: message.id, ...body });
  };

  /** Leaves the frame: the app's own pages open inside the admin again. */
  const redirect = (message) => {
    const inside = /^shopify:(?:\/\/admin)?(\/.*)$/.exec(message.url);
    const target = inside
      ? new URL(data.base.split("/apps/")[0] + inside[1], location.href)
      : new URL(message.url, data.appOrigin);
    if (target.protocol === "https:" || target.protocol === "http:") location.assign(target.href);
  };

  byId("save").addEventListener("click", () => send({ type: "save-bar-action", index: 0 }));
  byId("discard").addEventListener("click", () => send({ type: "save-bar-action", index: 1 }));

  const handlers = {
    "id-token": giveToken,
    location: followLocation,
    navigation: (message) => showNavigation(message.links),
    toast: showToast,
    "toast-hide": (message) => hideToast(message.id),
    loading: (message) => {
      byId("loading").hidden = !message.on;
    },
    title: showTitle,
    "save-bar": (message) => {
      byId("save-bar").hidden = !message.on;
    },
    redirect,
  };
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== data.appOrigin) return;
    if (event.data?.channel === CHANNEL) handlers[event.data.type]?.(event.data);
  });
  // Only now: what a fast app says before anyone listens would be lost.
  frame.src = frame.dataset.src;
})();
