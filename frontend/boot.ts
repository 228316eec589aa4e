// Runs before anything is drawn: tells NHS styles and scripts that this browser can run them.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("nhsuk-frontend-supported");
