// Review by keyboard: each key does what a button on the card does; the next card replaces this one without a reload.

import { isTaken } from "./typing";

const TOAST_MS = 10_000;
const SAID: Record<string, string> = {
  accept: "Accepted.",
  reject: "Rejected.",
  merge: "Merged.",
  split: "Split off.",
  edit: "Corrected.",
};
/** Decisions of this page, the latest last, each with the address of the card it was taken on. */
const taken: { id: string; address: string }[] = [];
/** Keys wait for one another: none is lost while a card is replaced. */
let queue: Promise<void> = Promise.resolve();
let isChoosing = false;
let timer = 0;

const card = (): HTMLElement | null => document.getElementById("card");

function toast(text: string, undo: boolean): void {
  const place = document.getElementById("toast");
  if (!place) return;
  place.textContent = text;
  if (undo) {
    const button = document.createElement("button");
    button.type = "button";
    button.append("Undo ", Object.assign(document.createElement("kbd"), { textContent: "u" }));
    button.addEventListener("click", () => enqueue(undoLast));
    place.append(" ", button);
  }
  clearTimeout(timer);
  timer = window.setTimeout(() => place.replaceChildren(), TOAST_MS);
}

function enqueue(action: () => Promise<void>): void {
  queue = queue.then(action).catch((error: unknown) => toast(String(error), false));
}

async function show(address: string, keep = true): Promise<void> {
  const answer = await fetch(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("card");
  const old = card();
  if (!fresh || !old) {
    location.assign(address);
    return;
  }
  old.replaceWith(document.adoptNode(fresh));
  document.title = page.title;
  if (keep) history.pushState(null, "", answer.url);
  window.scrollTo({ top: 0 });
}

async function post(fields: URLSearchParams): Promise<{ id: string; verdict: string }> {
  const answer = await fetch("/decisions", {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
    body: fields,
  });
  const said = (await answer.json()) as { id: string; verdict: string; message?: string };
  if (!answer.ok) throw new Error(said.message ?? "That is not possible.");
  return said;
}

function fieldsOf(form: HTMLFormElement): URLSearchParams {
  const fields = new URLSearchParams();
  new FormData(form).forEach((value, name) => fields.set(name, String(value)));
  return fields;
}

async function send(form: HTMLFormElement): Promise<void> {
  const fields = fieldsOf(form);
  const next = fields.get("next") ?? "/review";
  const address = location.pathname + location.search;
  if (fields.get("verdict") === "undo") {
    await post(fields);
    await show(address, false);
    toast("Undone.", false);
    return;
  }
  const decision = await post(fields);
  taken.push({ id: decision.id, address });
  await show(next);
  toast(SAID[decision.verdict] ?? "Done.", true);
}

async function undoLast(): Promise<void> {
  const last = taken.pop();
  const csrf = document.querySelector<HTMLInputElement>("input[name=csrf]")?.value ?? "";
  if (!last) {
    const form = card()?.querySelector<HTMLFormElement>("form[data-key=u]");
    if (form) await send(form);
    return;
  }
  await post(new URLSearchParams({ csrf, verdict: "undo", decision: last.id }));
  await show(last.address);
  toast("Undone.", false);
}

function keyed(key: string): HTMLElement | null {
  return card()?.querySelector<HTMLElement>(`[data-key="${key}"]`) ?? null;
}

function choose(): void {
  const select = card()?.querySelector<HTMLSelectElement>("#reason");
  if (!select) return;
  isChoosing = true;
  toast(`Why? ${[...select.options].map((one) => one.text).join(" · ")}`, false);
}

function reject(digit: number): void {
  isChoosing = false;
  const form = keyed("x");
  const select = card()?.querySelector<HTMLSelectElement>("#reason");
  if (!(form instanceof HTMLFormElement) || !select || digit > select.options.length) return;
  select.selectedIndex = digit - 1;
  enqueue(() => send(form));
}

/** Do what a key says; return whether it was one of ours. */
function press(key: string): boolean {
  if (isChoosing && /^[1-9]$/.test(key)) {
    reject(Number(key));
    return true;
  }
  if (key === "Escape") {
    isChoosing = false;
    toast("", false);
    return true;
  }
  const here = card()?.dataset;
  const move = (id: string | undefined): void => {
    if (!id) return;
    const address = new URL(location.href);
    address.searchParams.set("at", id);
    address.searchParams.delete("other");
    enqueue(() => show(address.pathname + address.search));
  };
  if (key === "j") enqueue(async () => move(card()?.dataset["next"]));
  else if (key === "k") move(here?.["before"]);
  else if (key === "u") enqueue(undoLast);
  else if (key === "x") choose();
  else if (key === "o") card()?.querySelector<HTMLAnchorElement>("a.open")?.click();
  else if (key === "h") card()?.querySelector<HTMLAnchorElement>(".crumb a")?.click();
  else return pressCard(key === " " ? "space" : key);
  return true;
}

function pressCard(key: string): boolean {
  if (!["a", "m", "s", "e", "space"].includes(key)) return false;
  // looked up when its turn comes: by then the card is the one that the key was meant for
  enqueue(async () => {
    const target = keyed(key);
    if (target instanceof HTMLFormElement) await send(target);
    else if (target instanceof HTMLAnchorElement) await show(target.getAttribute("href") ?? "/review");
    else if (target) {
      const details = target.closest("details");
      if (details) details.open = true;
      details?.querySelector("select")?.focus();
    }
  });
  return true;
}

document.addEventListener("keydown", (event) => {
  if (!isTaken(event) && !event.defaultPrevented && !event.repeat && press(event.key)) event.preventDefault();
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.action.endsWith("/decisions")) return;
  event.preventDefault();
  enqueue(() => send(form));
});
window.addEventListener("popstate", () => enqueue(() => show(location.pathname + location.search, false)));
