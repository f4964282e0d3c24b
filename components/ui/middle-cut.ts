const tailLength = 7

/**
 * A name with its middle left out, so that it fits: the start gives way first, then the end, whose
 * last `kept` letters matter most. The text itself where it fits. O(log n) calls of `fits`.
 */
export function middleCut(text: string, fits: (text: string) => boolean, kept = tailLength): string {
  if (fits(text)) return text
  const chars = Array.from(text)
  const tail = Math.min(kept, Math.floor((chars.length * 2) / 3))
  const cut = (head: number, end: number) =>
    `${chars.slice(0, head).join('')}…${chars.slice(chars.length - end).join('')}`
  const head = most(chars.length - tail - 1, (count) => fits(cut(count, tail)))
  if (head > 0) return cut(head, tail)
  return cut(
    0,
    Math.max(
      1,
      most(tail, (count) => fits(cut(0, count))),
    ),
  )
}

/** The greatest number up to `max` that holds, 0 without any; what holds for a number holds below it. */
function most(max: number, holds: (count: number) => boolean): number {
  let [low, high] = [0, max]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (holds(middle)) low = middle
    else high = middle - 1
  }
  return low
}
