// Shows the page anew once it is not as it was sent. Pages that nobody looks at do not wait for that,
// as browsers keep few connections to one server.
const { watch } = document.currentScript.dataset;
let source = null;

function rest() {
  source?.close();
  source = null;
}

function wait() {
  if (source || document.hidden) return;
  source = new EventSource(watch);
  source.addEventListener("message", () => {
    rest();
    location.reload();
  });
  source.addEventListener("error", () => {
    if (source?.readyState !== EventSource.CLOSED) return;
    rest();
    setTimeout(wait, 2000);
  });
}

document.addEventListener("visibilitychange", () => (document.hidden ? rest() : wait()));
addEventListener("pagehide", rest);
addEventListener("pageshow", wait);
