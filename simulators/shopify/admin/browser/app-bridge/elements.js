/* ui-modal and ui-save-bar. */
(() => {
  const bridge = window.appBridgeStandIn;
  if (customElements.get("ui-modal")) return;

  class Modal extends HTMLElement {
    constructor() {
      super();
      this.content = document.createElement("div");
    }

    show() {
      if (this.dialog) return;
      const dialog = document.createElement("dialog");
      const title = this.querySelector("ui-title-bar")?.getAttribute("title") ?? "Dialog";
      dialog.setAttribute("aria-label", title);
      dialog.style.cssText = "border:0;border-radius:12px;padding:20px;max-width:min(640px,90vw)";
      const src = this.getAttribute("src");
      if (src) {
        const frame = document.createElement("iframe");
        Object.assign(frame, { src, title });
        dialog.append(frame);
      } else {
        if (this.content.childNodes.length === 0) {
          for (const child of this.children) {
            if (!/^UI-/.test(child.tagName)) this.content.append(child.cloneNode(true));
          }
        }
        dialog.append(this.content);
      }
      for (const button of this.querySelectorAll("ui-title-bar button")) {
        const shown = document.createElement("button");
        shown.textContent = button.textContent;
        shown.addEventListener("click", () => button.click());
        dialog.append(shown);
      }
      dialog.addEventListener("close", () => this.hide());
      document.body.append(dialog);
      this.dialog = dialog;
      dialog.showModal();
      this.dispatchEvent(new Event("show"));
    }

    hide() {
      const dialog = this.dialog;
      if (!dialog) return;
      this.dialog = null;
      dialog.close();
      dialog.remove();
      this.dispatchEvent(new Event("hide"));
    }

    toggle() {
      if (this.dialog) this.hide();
      else this.show();
    }
  }

  let shownBar = null;
  bridge.dirty = () => shownBar !== null;
  class SaveBar extends HTMLElement {
    get showing() {
      return shownBar === this;
    }

    show() {
      if (this.showing) return;
      shownBar = this;
      bridge.post({ type: "save-bar", on: true });
      this.dispatchEvent(new Event("show"));
    }

    hide() {
      if (!this.showing) return;
      shownBar = null;
      bridge.post({ type: "save-bar", on: false });
      this.dispatchEvent(new Event("hide"));
    }

    toggle() {
      if (this.showing) this.hide();
      else this.show();
    }
  }
  bridge.on("save-bar-action", ({ index }) => {
    const buttons = [...(shownBar?.querySelectorAll("button") ?? [])];
    const save = buttons.find((button) => button.getAttribute("variant") === "primary");
    const discard = buttons.find((button) => button !== save);
    (index === 0 ? save : discard)?.click();
  });
  customElements.define("ui-modal", Modal);
  customElements.define("ui-save-bar", SaveBar);
})();
