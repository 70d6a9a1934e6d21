// Choosing a stretch of time with the pointer, and stepping through the bars with the arrow keys.

const DAY = 86_400_000;

function enhance(figure: HTMLElement): void {
  const svg = figure.querySelector("svg");
  const { first, last } = figure.dataset;
  if (!svg || !first || !last) return;
  const from = Date.parse(first);
  const days = (Date.parse(last) - from) / DAY + 1;
  const height = svg.viewBox.baseVal.height - 12;
  const brush = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  brush.setAttribute("class", "brush");
  brush.setAttribute("height", String(height));
  const told = figure.querySelector(".hint");

  const share = (event: PointerEvent): number => {
    const box = svg.getBoundingClientRect();
    return Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
  };
  const day = (at: number): string =>
    new Date(from + Math.min(Math.floor(at * days), days - 1) * DAY).toISOString().slice(0, 10);

  let begun: number | null = null;
  let isDragged = false;
  svg.addEventListener("pointerdown", (event) => {
    if (event.button === 0) begun = share(event);
    isDragged = false;
  });
  svg.addEventListener("pointermove", (event) => {
    if (begun === null) return;
    const at = share(event);
    if (!isDragged && Math.abs(at - begun) < 0.006) return;
    if (!isDragged) {
      isDragged = true;
      svg.setPointerCapture(event.pointerId);
      svg.append(brush);
    }
    const [low, high] = [Math.min(begun, at), Math.max(begun, at)];
    brush.setAttribute("x", String(low * 1000));
    brush.setAttribute("width", String((high - low) * 1000));
    if (told) told.textContent = `${day(low)} to ${day(high)}`;
  });
  const stop = (event: PointerEvent): void => {
    if (begun === null) return;
    const [low, high] = [Math.min(begun, share(event)), Math.max(begun, share(event))];
    begun = null;
    if (!isDragged) return;
    const address = new URL(location.href);
    address.searchParams.set("since", day(low));
    address.searchParams.set("until", day(high));
    address.searchParams.delete("page");
    location.assign(address);
  };
  svg.addEventListener("pointerup", stop);
  svg.addEventListener("pointercancel", () => {
    begun = null;
    brush.remove();
  });
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("click", (event) => isDragged && event.preventDefault(), true);
  step(figure, svg, told);
}

function step(figure: HTMLElement, svg: SVGSVGElement, told: Element | null): void {
  const marks = [...svg.querySelectorAll<SVGAElement>("a")];
  let at = -1;
  figure.tabIndex = 0;
  figure.setAttribute("role", "group");
  figure.setAttribute("aria-label", "Timeline; left and right step through it, enter opens");
  figure.addEventListener("keydown", (event) => {
    const mark = marks[at];
    if (event.key === "Enter" && mark) location.assign(mark.href.baseVal);
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    marks[at]?.classList.remove("is-here");
    at = Math.min(Math.max(at + (event.key === "ArrowRight" ? 1 : -1), 0), marks.length - 1);
    marks[at]?.classList.add("is-here");
    if (told) {
      told.setAttribute("role", "status");
      told.textContent = marks[at]?.querySelector("title")?.textContent ?? "";
    }
  });
}

document.querySelectorAll<HTMLElement>("figure.timeline").forEach(enhance);
