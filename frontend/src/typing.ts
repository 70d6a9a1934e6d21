/** Whether a key is meant for a field, the browser or the system rather than for us. */
export function isTaken(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null;
  const isField = target?.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") != null;
  return isField || event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
}
