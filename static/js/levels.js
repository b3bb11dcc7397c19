/* What somebody hears of a thing without a choice of its own follows at once what they chose around it. The answer to
   that choice says by `HX-Trigger: {"level": {"around": …}}` what counts now. */
export function followLevels(root) {
  root.addEventListener("level", ({ detail }) => {
    if (!detail.around) return;
    for (const group of root.querySelectorAll(".level[data-around]")) {
      const counts = group.dataset.around === "started" && detail.around === "digest" ? "all" : detail.around;
      for (const button of group.querySelectorAll("[value]")) button.setAttribute("aria-pressed", button.value === counts);
    }
  });
  root.addEventListener("htmx:sendError", ({ target }) => {
    if (!target.closest(".level")) return;
    root.dispatchEvent(new CustomEvent("announce", { detail: { value: root.body.dataset.notReached } }));
  });
  /* Refused, because one was signed out meanwhile, say: then as a form, whose page says so. */
  root.addEventListener("htmx:responseError", ({ target }) => target.closest(".level") && target.form.requestSubmit(target));
}
