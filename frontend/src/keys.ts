// Keys that work on every page, and stepping through lists. What they do, links and fields do as well.

import { isTaken } from "./typing";

const GO: Record<string, string> = { m: ".map", t: ".timeline", l: "#list" };
let isGoing = false;

function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("table.incidents tr[data-id]")];
}

function step(by: number): void {
  const all = rows();
  if (!all.length) return;
  const now = all.findIndex((row) => row.classList.contains("is-here"));
  const next = Math.min(Math.max(now + by, 0), all.length - 1);
  all[now]?.classList.remove("is-here");
  const row = all[next];
  row?.classList.add("is-here");
  row?.querySelector<HTMLElement>("a.lead")?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
}

function go(key: string): void {
  if (key === "r") location.assign(`/review${location.pathname === "/incidents" ? location.search : ""}`);
  const selector = GO[key];
  if (!selector) return;
  const target = document.querySelector<HTMLElement>(selector);
  if (!target) {
    location.assign("/incidents");
    return;
  }
  target.tabIndex = -1;
  target.focus();
  target.scrollIntoView({ block: "start" });
}

document.addEventListener("keydown", (event) => {
  if (isTaken(event) || event.defaultPrevented) return;
  if (isGoing) {
    isGoing = false;
    go(event.key);
    return;
  }
  const isReview = document.body.classList.contains("review");
  if (event.key === "/") document.getElementById("find")?.focus();
  else if (event.key === "?") location.assign("/help");
  else if (event.key === "g") isGoing = true;
  else if (event.key === "f" && !isReview) document.querySelector<HTMLElement>("#filters input")?.focus();
  else if (event.key === "j" && !isReview) step(1);
  else if (event.key === "k" && !isReview) step(-1);
  else return;
  event.preventDefault();
});

// On a narrow screen the filters start closed: the list is what one came for.
const filters = document.querySelector<HTMLDetailsElement>("details.filters");
if (filters && matchMedia("(max-width: 61.99rem)").matches) filters.open = false;
