// The calendar's address for the clipboard: calendars want it whole, with the name of the server.

import { copyText } from "./copy.js";
import { text } from "./texts.js";

for (const button of document.querySelectorAll("[data-cb-copy-address]")) {
  const status = document.createElement("span");
  status.className = "cb-quiet";
  status.setAttribute("role", "status");
  button.after(status);
  button.hidden = false;
  button.addEventListener("click", async () => {
    const address = new URL(button.dataset.cbCopyAddress, location.href).href;
    status.textContent = (await copyText(address)) ? text("Copied") : text("Could not be copied");
  });
}
