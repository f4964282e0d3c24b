/** A text after a key was pressed at its end; keys that write nothing leave it. */
export function typedWith(text: string, key: string): string {
  if (key === 'Backspace') return text.slice(0, -1)
  return [...key].length === 1 ? text + key : text
}
