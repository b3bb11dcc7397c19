/* <push-switch data-key data-on data-off>: lets this browser tell its reader of something while no page is open, or not
   any more. Nothing is asked of anybody before they press. */
import { post } from "./token.js";

const bytesOf = (key) => Uint8Array.from(atob(key.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

class PushSwitch extends HTMLElement {
  connectedCallback() {
    if (!("PushManager" in window && "serviceWorker" in navigator && "Notification" in window)) return;
    this.#part("off").addEventListener("click", () => this.#try(() => this.#begin()));
    this.#part("on").addEventListener("click", () => this.#try(() => this.#end()));
    this.#try(async () => this.#show((await this.#known()) ? "on" : Notification.permission === "denied" ? "denied" : "off"));
  }

  #part(name) {
    return this.querySelector(`[data-when=${name}]`);
  }

  #show(name, also = "") {
    const held = this.contains(document.activeElement);
    for (const part of this.querySelectorAll("[data-when]")) part.hidden = ![name, also].includes(part.dataset.when);
    if (held) this.#part(name).focus?.();
  }

  async #try(act) {
    try {
      await act();
    } catch {
      this.#show(Notification.permission === "denied" ? "denied" : "off", Notification.permission === "denied" ? "" : "trouble");
    }
  }

  async #manager() {
    return (await navigator.serviceWorker.ready).pushManager;
  }

  /* What the browser still knows, the site may have forgotten: after signing in anew, say. */
  async #known() {
    const subscription = await (await this.#manager()).getSubscription();
    return subscription && this.#tell(subscription);
  }

  async #begin() {
    const manager = await this.#manager();
    const wanted = { userVisibleOnly: true, applicationServerKey: bytesOf(this.dataset.key) };
    await this.#tell(await manager.subscribe(wanted));
    this.#show("on");
  }

  async #tell(subscription) {
    const { endpoint, keys } = subscription.toJSON();
    const answer = await post(this.dataset.on, { endpoint, ...keys });
    if (answer.ok) return true;
    await subscription.unsubscribe();
    throw new Error(answer.status);
  }

  async #end() {
    const subscription = await (await this.#manager()).getSubscription();
    await post(this.dataset.off, { endpoint: subscription?.endpoint ?? "" });
    await subscription?.unsubscribe();
    this.#show("off");
  }
}

customElements.define("push-switch", PushSwitch);
