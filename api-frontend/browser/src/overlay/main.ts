import "./overlay.css";
import "./themes.css";
import { el } from "../shared/dom";
import { OverlayView } from "./view";
import { readSettings } from "./settings";

const settings = readSettings(new URLSearchParams(location.search));
if (typeof settings === "string") {
  document.body.append(el("main", { class: "lrl-overlay lrl-theme-laurel lrl-misused" }, el("p", { class: "lrl-fault" }, settings)));
} else {
  // The server has put this address, and no other, into the page's policy.
  if (settings.css !== null) document.head.append(el("link", { rel: "stylesheet", href: settings.css, class: "lrl-own-css" }));
  const view = new OverlayView(settings);
  document.body.append(view.element);
  view.start();
}
