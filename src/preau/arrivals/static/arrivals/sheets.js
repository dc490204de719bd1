// While sheets are being made, the list is read again every two seconds; nothing else of the page moves.
const WAIT = 2000;

const refresh = async () => {
  const list = document.getElementById("fiches");
  if (!list?.hasAttribute("data-under-way")) return;
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("fiches");
    if (fresh) {
      list.replaceWith(fresh);
      document.querySelector("h1").textContent = page.querySelector("h1").textContent;
    }
  } catch {
    // The network is away: the next turn asks again.
  }
  setTimeout(refresh, WAIT);
};

setTimeout(refresh, WAIT);
